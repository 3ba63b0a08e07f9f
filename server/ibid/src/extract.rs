//! Text out of documents that have none of their own, by a process of its own for each: a document may be made to do harm, and
//! what reads it may break down on it.
//!
//! The child reads the document from stdin and writes the text to stdout; it opens no file. It limits its own memory and time,
//! and says on stderr why there is no text.

use std::{
    env,
    io::{self, Read, Write},
    process::{self, Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};

use ibid_corpus::Unextracted;
use ibid_source::Format;

/// The command of the child.
pub(crate) const COMMAND: &str = "extract";

/// How long one document may take.
const TIME: Duration = Duration::from_mins(2);

/// How much memory one document may take, in bytes.
const MEMORY: u64 = 2 << 30;

/// What the child ends with when there is no text, and it is known why.
const REFUSED: i32 = 1;

/// What it ends with when its time is up.
const TIMED_OUT: i32 = 3;

/// Takes the text out of a document, in a child of this process.
pub(crate) fn extract(format: Format, document: &[u8]) -> Result<String, Unextracted> {
    let failed = |error: io::Error| Unextracted { reason: format!("cannot be read: {error}"), is_lasting: false };
    let mut child = Command::new(env::current_exe().map_err(failed)?)
        .args([COMMAND, format.name()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // The child says what is wrong, if it does not read to the end.
        drop(stdin.write_all(document));
    }
    let output = child.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(why(output.status, &String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|_| Unextracted { reason: BROKE_DOWN.to_owned(), is_lasting: true })
}

const BROKE_DOWN: &str = "the reader broke down on it: open it in a viewer and save it anew, or save its text as .txt";

/// What the standard library says where there is no more memory.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// Why a child has no text.
fn why(status: ExitStatus, said: &str) -> Unextracted {
    let reason = match status.code() {
        Some(REFUSED) if !said.trim().is_empty() => said.trim().to_owned(),
        Some(TIMED_OUT) => format!("takes longer than {} s to read: split it", TIME.as_secs()),
        _ if said.starts_with(OUT_OF_MEMORY) => {
            format!("takes more than {} GB of memory to read: split it, or save its text as .txt", MEMORY >> 30)
        }
        // Not ours to blame on the document: somebody ended it.
        None if was_ended(status) => {
            return Unextracted { reason: "reading it was ended".to_owned(), is_lasting: false };
        }
        _ => BROKE_DOWN.to_owned(),
    };
    Unextracted { reason, is_lasting: status.code() != Some(TIMED_OUT) }
}

#[cfg(unix)]
fn was_ended(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;

    use rustix::process::Signal;

    let by = [Signal::TERM, Signal::KILL, Signal::INT, Signal::HUP];
    status.signal().is_some_and(|signal| by.iter().any(|ended| ended.as_raw() == signal))
}

#[cfg(not(unix))]
const fn was_ended(_: ExitStatus) -> bool {
    false
}

/// The child: takes the text out of what it reads from stdin. Returns only if it can.
pub(crate) fn answer(format: Format) -> io::Result<()> {
    limit();
    let mut document = Vec::new();
    io::stdin().lock().read_to_end(&mut document)?;
    match ibid_source::extract(format, &document) {
        Ok(text) => io::stdout().lock().write_all(text.as_bytes()),
        Err(error) => {
            // Whoever asked is gone if this fails.
            drop(writeln!(io::stderr(), "{error}"));
            process::exit(REFUSED);
        }
    }
}

/// Limits what this process may take.
fn limit() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) };
        // Without a limit the document is read all the same.
        let _ = setrlimit(Resource::As, limit);
    }
    thread::spawn(|| {
        thread::sleep(TIME);
        process::exit(TIMED_OUT);
    });
}
