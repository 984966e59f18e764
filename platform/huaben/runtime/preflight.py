"""What is looked at before anything is started or written: whose folder, which disk, which port.

Everything that keeps Huaben from starting is a ``CannotStart``, said in both languages.
"""

from __future__ import annotations

import errno
import os
import pwd
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .memory import available_bytes

# What all processes take together once they are warm, and what a start cannot do without.
NEEDED_MEMORY_BYTES = 1600 << 20
MIN_MEMORY_BYTES = 1 << 30
# What a start writes to, below the data folder.
_OWN_ENTRIES = (
    "log", "log/huaben.log", "supervisor.lock", "servers.json", "children.json", "secret_key",
    "postgres.password", "media", "uploads", "generation", "recsys", "valkey", "static",
)  # fmt: skip
# The account that PostgreSQL runs as when we are root; the wheel makes it.
_POSTGRES_ACCOUNT_OF_ROOT = "pgserver"
_DISK_WORDS = {
    errno.EROFS: ("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: ("磁盘满了", "the disk is full"),
    errno.EDQUOT: ("磁盘配额用完了", "the disk quota is used up"),
    errno.EACCES: ("没有写权限", "it may not be written to"),
    errno.EPERM: ("没有写权限", "it may not be written to"),
    errno.ENOMEM: ("内存不够", "there is not enough memory"),
    errno.ENOTDIR: ("路径中间有一个不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: ("它不是文件夹", "it is no folder"),
}

# What a server prints when it wants for something; ``MemoryError`` is the first.
_TOLD_WORDS = (
    (errno.ENOMEM, "Cannot allocate memory"),
    (errno.ENOSPC, "No space left on device"),
    (errno.EDQUOT, "quota exceeded"),
    (errno.EROFS, "Read-only file system"),
)


class CannotStart(Exception):
    """Why Huaben cannot start, and what to do; in 简体中文 and in English, each one sentence."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def check_start(var: Path, host: str, port: int, *, embedded_database: bool) -> None:
    """Raise CannotStart when the folder, the port or the memory will not do; changes nothing."""
    check_folder(var, embedded_database=embedded_database)
    check_port(host, port)
    check_memory()


def check_folder(var: Path, *, embedded_database: bool) -> None:
    """Raise CannotStart when ``var`` belongs to somebody else or cannot be written to.

    Nothing is left changed. ``embedded_database``: PostgreSQL keeps its data in it.
    """
    _check_owner(var)
    if embedded_database:
        _check_owner_of_postgres(var / "postgres")
    for path in _foreign_entries(var):
        raise CannotStart(
            f"{path} 属于另一个账户，这个账户写不了。请运行：sudo chown -R {_me()} {var}",
            f"{path} belongs to another account and cannot be written to by this one. "
            f"Run: sudo chown -R {_me()} {var}",
        )
    base = next(folder for folder in (var, *var.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=base) as probe:
            probe.write(b"\0" * 65536)
    except OSError as exc:
        raise disk_refusal(var, exc) from exc


def check_memory() -> None:
    """Raise CannotStart when so little memory is left that the processes would be killed for it."""
    available = available_bytes()
    if available >= MIN_MEMORY_BYTES:
        return
    have, need = available >> 20, NEEDED_MEMORY_BYTES >> 20
    raise CannotStart(
        f"内存不够：话本约需 {need} MiB，这里只剩 {have} MiB。请先关掉别的程序，或给容器多些内存",
        f"There is not enough memory: Huaben takes about {need} MiB, and {have} MiB are left. "
        "Close other programs, or give the container more",
    )


def disk_refusal(path: Path, exc: OSError) -> CannotStart:
    """What is said when a folder or file cannot be written to."""
    zh, en = _DISK_WORDS.get(exc.errno or 0, (str(exc.strerror), str(exc.strerror)))
    return CannotStart(
        f"无法写入数据文件夹 {path}：{zh}。请换一个文件夹（--var），或先解决它",
        f"The data folder {path} cannot be written to: {en}. Choose another (--var), or mend it",
    )


def failed_start(what: str, exc: Exception, told: str, var: Path) -> CannotStart:
    """What is said when a server or process does not start. ``told``: what it printed last."""
    log = var / "log" / "huaben.log"
    zh = en = f"{type(exc).__name__}: {exc}".partition("\n")[0]
    if isinstance(exc, subprocess.CalledProcessError):
        zh, en = f"退出状态 {exc.returncode}", f"exit status {exc.returncode}"
    number = exc.errno if isinstance(exc, OSError) else None
    for code, words in _TOLD_WORDS:
        if number == code or words in told or isinstance(exc, MemoryError):
            zh, en = _DISK_WORDS[code]
            break
    return CannotStart(
        f"{what} 启动不了（{zh}）。已有的数据没有动过；详情见 {log}",
        f"{what} does not start ({en}). What was there is untouched; {log} says more",
    )


def failed_preparation(status: int, lines: list[str], var: Path) -> CannotStart:
    """What is said when the database could not be migrated and filled. ``status``: how that process
    ended; ``lines``: what it printed.
    """
    log, zh, en = var / "log" / "huaben.log", "", ""
    if status == -signal.SIGKILL or any("MemoryError" in line for line in lines):
        zh, en = _DISK_WORDS[errno.ENOMEM]
    elif lines:
        zh = en = lines[-1]
    else:
        zh, en = f"退出状态 {status}", f"exit status {status}"
    return CannotStart(
        f"数据库准备不了（{zh}）。详情见 {log}",
        f"The database could not be prepared ({en}). {log} says more",
    )


def check_port(host: str, port: int) -> None:
    """Raise CannotStart when nothing can listen on this address."""
    if not 0 < port < 65536:
        raise CannotStart(
            f"没有 {port} 这个端口：请用 1 到 65535", f"There is no port {port}: use 1 to 65535"
        )
    where = f"{host}:{port}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as exc:
        raise _port_refusal(exc, host, port, where) from exc


def _port_refusal(exc: OSError, host: str, port: int, where: str) -> CannotStart:
    if exc.errno == errno.EADDRINUSE:
        return CannotStart(
            f"{where} 已被另一个程序占用。请先停掉它，或换一个端口：make run PORT={port + 1}",
            f"Another program listens on {where} already. "
            f"Stop it, or choose another port: make run PORT={port + 1}",
        )
    if exc.errno in (errno.EACCES, errno.EPERM):
        return CannotStart(
            f"这个账户不能使用端口 {port}。请用 1024 以上的端口：make run PORT=8000",
            f"This account may not listen on port {port}. "
            "Choose one above 1023: make run PORT=8000",
        )
    return CannotStart(
        f"这台机器上没有地址 {host}。请换一个：make run HOST=127.0.0.1",
        f"This machine has no address {host}. Choose another: make run HOST=127.0.0.1",
    )


def _check_owner(var: Path) -> None:
    if not var.exists():
        return
    if not var.is_dir():
        raise disk_refusal(var, OSError(errno.EEXIST, "it is no folder"))
    owner = var.stat().st_uid
    if owner == os.geteuid() or (os.geteuid() != 0 and os.access(var, os.W_OK | os.X_OK)):
        return
    name = _name_of(owner)
    if os.geteuid() == 0:
        raise CannotStart(
            f"{var} 属于 {name}。以 root 启动会把数据库从 {name} 手里拿走。"
            f"请以 {name} 启动；或者把它交给 root：chown -R root {var}",
            f"{var} belongs to {name}. Started as root, Huaben would take the database from "
            f"{name}. Start it as {name}; or give it to root: chown -R root {var}",
        )
    raise CannotStart(
        f"{var} 属于 {name}，这个账户写不了。请换一个文件夹（--var），"
        f"或者运行：sudo chown -R {_me()} {var}",
        f"{var} belongs to {name} and cannot be written to by this account. Choose another folder "
        f"(--var), or run: sudo chown -R {_me()} {var}",
    )


def _check_owner_of_postgres(folder: Path) -> None:
    if not folder.exists():
        return
    owner, me = folder.stat().st_uid, os.geteuid()
    # A folder that root's PostgreSQL has not taken yet is still root's own.
    if owner == me or (me == 0 and _name_of(owner) == _POSTGRES_ACCOUNT_OF_ROOT):
        return
    hint = _POSTGRES_ACCOUNT_OF_ROOT if me == 0 else _me()
    raise CannotStart(
        f"数据库文件夹 {folder} 属于 {_name_of(owner)}，什么都没有改动。"
        f"请以它的主人启动，或者运行：sudo chown -R {hint} {folder}",
        f"The database folder {folder} belongs to {_name_of(owner)}; nothing was changed. "
        f"Start as its owner, or run: sudo chown -R {hint} {folder}",
    )


def _foreign_entries(var: Path) -> Iterator[Path]:
    for name in _OWN_ENTRIES:
        path = var / name
        if path.exists() and not os.access(path, os.W_OK):
            yield path


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _me() -> str:
    return _name_of(os.geteuid())
