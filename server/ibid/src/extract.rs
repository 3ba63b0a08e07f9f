//! Extracts the text of documents such as PDFs, each in a child process: a document may be malicious, and its reader may
//! crash.
//!
//! The child reads the document from stdin and writes the text to stdout. It opens no file, limits its own memory and time,
//! and writes the reason to stderr if there is no text.

use std::{
    env,
    io::{self, Read, Write},
    process::{self, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use ibid_corpus::ExtractionError;
use ibid_source::Format;

/// The child's command on the command line.
pub(crate) const COMMAND: &str = "extract";

/// How long one document may take.
const TIME: Duration = Duration::from_mins(2);

/// How much memory one document may take, in bytes.
const MEMORY: u64 = 2 << 30;

/// The child's exit code if there is no text and the reason is on stderr.
const REFUSED: i32 = 1;

/// The child's exit code if its time is up.
const TIMED_OUT: i32 = 3;

/// Extracts the text of a document in a child process.
pub(crate) fn extract(format: Format, document: &[u8]) -> Result<String, ExtractionError> {
    let failed = |error: io::Error| ExtractionError { reason: format!("cannot be read: {error}"), is_lasting: false };
    let mut child = Command::new(env::current_exe().map_err(failed)?)
        .args([COMMAND, format.name()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // If the child does not read everything, it reports the reason itself.
        drop(stdin.write_all(document));
    }
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(reason(output.status, &String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|_| ExtractionError { reason: CRASHED.to_owned(), is_lasting: true })
}

const CRASHED: &str = "the reader crashed on it: open it in a viewer and save it again, or save its text as .txt";

/// The beginning of the standard library's message when memory runs out.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// Why a child has written no text, from its exit status and stderr.
fn reason(status: ExitStatus, stderr: &str) -> ExtractionError {
    let reason = match status.code() {
        Some(REFUSED) if !stderr.trim().is_empty() => stderr.trim().to_owned(),
        Some(TIMED_OUT) => format!("takes longer than {} s to read: split it", TIME.as_secs()),
        _ if stderr.starts_with(OUT_OF_MEMORY) => {
            format!("takes more than {} GB of memory to read: split it, or save its text as .txt", MEMORY >> 30)
        }
        // Another process killed it, so the document is not the cause.
        None if was_killed(status) => {
            return ExtractionError { reason: "reading it was interrupted".to_owned(), is_lasting: false };
        }
        _ => CRASHED.to_owned(),
    };
    ExtractionError { reason, is_lasting: status.code() != Some(TIMED_OUT) }
}

#[cfg(unix)]
fn was_killed(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;

    use rustix::process::Signal;

    let signals = [Signal::TERM, Signal::KILL, Signal::INT, Signal::HUP];
    status.signal().is_some_and(|signal| signals.iter().any(|kill| kill.as_raw() == signal))
}

#[cfg(not(unix))]
const fn was_killed(_: ExitStatus) -> bool {
    false
}

/// What the child does: extracts the text of the document on stdin. Exits with a code if there is none.
pub(crate) fn run_child(format: Format) -> io::Result<()> {
    limit();
    let mut document = Vec::new();
    io::stdin().lock().read_to_end(&mut document)?;
    match ibid_source::extract(format, &document) {
        Ok(text) => io::stdout().lock().write_all(text.as_bytes()),
        Err(error) => {
            // Writing fails only if the parent is gone.
            drop(writeln!(io::stderr(), "{error}"));
            process::exit(REFUSED);
        }
    }
}

/// Limits the memory and time of this process.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) };
        // If the limit cannot be set, the document is read without it.
        let _ = setrlimit(Resource::As, limit);
    }
    thread::spawn(|| {
        thread::sleep(TIME);
        process::exit(TIMED_OUT);
    });
}
