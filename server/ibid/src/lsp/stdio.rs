//! The client's end of stdin and stdout.
//!
//! The runtime's own read and write on threads of their own, since any file may stand there. Pipes and sockets, which is what
//! editors give, are waited for instead: that spares every message two changes of thread, which cost more than most answers.

use tokio::io::{AsyncRead, AsyncWrite};

/// What the client says. To be called inside the runtime.
pub(super) fn input() -> Box<dyn AsyncRead + Unpin> {
    #[cfg(unix)]
    if let Some(stream) = unix::input() {
        return stream;
    }
    Box::new(tokio::io::stdin())
}

/// Where the client listens. To be called inside the runtime.
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

    /// What a descriptor is.
    enum Stream {
        Pipe(File),
        Socket(UnixStream),
        /// What cannot be waited for, or is shared with others who do not expect to wait, as a terminal is. Who shares a pipe
        /// or socket with our log may lose a line of that where the client does not listen.
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
