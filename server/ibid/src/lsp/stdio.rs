//! Stdin and stdout as asynchronous streams.
//!
//! The runtime's own streams use extra threads, because stdin and stdout may be any file. Editors use pipes and sockets, for
//! which readiness can be awaited. That saves two thread switches for each message, which take longer than most answers.

use tokio::io::{AsyncRead, AsyncWrite};

/// The stream from the client. Must be called inside the runtime.
pub(super) fn input() -> Box<dyn AsyncRead + Unpin> {
    #[cfg(unix)]
    if let Some(stream) = unix::input() {
        return stream;
    }
    Box::new(tokio::io::stdin())
}

/// The stream to the client. Must be called inside the runtime.
pub(super) fn output() -> Box<dyn AsyncWrite + Unpin> {
    #[cfg(unix)]
    if let Some(stream) = unix::output() {
        return stream;
    }
    Box::new(tokio::io::stdout())
}

#[cfg(unix)]
mod unix {
    use std::{
        fs::File,
        io,
        os::{
            fd::{AsFd, OwnedFd},
            unix::{fs::FileTypeExt as _, net},
        },
    };

    use tokio::{
        io::{AsyncRead, AsyncWrite},
        net::{UnixStream, unix::pipe},
    };

    pub(super) fn input() -> Option<Box<dyn AsyncRead + Unpin>> {
        match Stream::of(io::stdin()).ok()? {
            Stream::Pipe(pipe) => Some(Box::new(pipe::Receiver::from_file(pipe).ok()?)),
            Stream::Socket(socket) => Some(Box::new(socket)),
            Stream::Other => None,
        }
    }

    pub(super) fn output() -> Option<Box<dyn AsyncWrite + Unpin>> {
        match Stream::of(io::stdout()).ok()? {
            Stream::Pipe(pipe) => Some(Box::new(pipe::Sender::from_file(pipe).ok()?)),
            Stream::Socket(socket) => Some(Box::new(socket)),
            Stream::Other => None,
        }
    }

    /// A file descriptor by kind.
    enum Stream {
        Pipe(File),
        Socket(UnixStream),
        /// A descriptor whose readiness cannot be awaited, or that is shared with programs that need it to block, such as a
        /// terminal. If stderr shares our pipe or socket, log lines can be lost while the client does not read.
        Other,
    }

    impl Stream {
        fn of(descriptor: impl AsFd) -> io::Result<Self> {
            let descriptor: OwnedFd = descriptor.as_fd().try_clone_to_owned()?;
            let file = File::from(descriptor);
            let kind = file.metadata()?.file_type();
            if kind.is_fifo() {
                return Ok(Self::Pipe(file));
            }
            if !kind.is_socket() {
                return Ok(Self::Other);
            }
            let socket = net::UnixStream::from(OwnedFd::from(file));
            socket.set_nonblocking(true)?;
            Ok(Self::Socket(UnixStream::from_std(socket)?))
        }
    }
}
