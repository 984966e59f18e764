"""Uploads piece by piece, as tus 1.0 means them.

The bytes lie in ``UPLOAD_ROOT/<id>``; the row says how many of them are safe. Bytes are flushed to
the disk before the row counts them, so whatever dies at whatever moment, the row never promises
more than there is. One writer holds a kernel lock on the file: it goes with the process that holds
it.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import FileIO
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from huaben.core.disk import disk_full, free_room
from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText
from huaben.core.problems import Conflict, NotFound, Problem
from huaben.core.types import Requester

from .. import storage
from ..models import Asset, Upload
from ..rejections import STORAGE_AWAY, stored_form_of
from .assets import examine_file, store_file
from .reservations import reserve_room

CHECKSUMS = ("sha1", "sha256")
_RECORD_EVERY_BYTES = 16 * 1024**2  # bytes between two times that the row is brought up to the file
_DISK_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

# ``read(max_bytes)``: the next bytes of a request's body, at most so many; empty at its end. Raises
# ConnectionCut.
Read = Callable[[int], bytes]


class ConnectionCut(Exception):
    """The sender went away in the middle; what had arrived is kept."""


class UploadBusy(Problem):
    """Somebody is writing to the upload."""

    def __init__(self) -> None:
        title = LocalizedText(
            "这个上传正在写入，请稍候", "This upload is being written to; please wait"
        )
        super().__init__("upload_busy", title, status=423)


def create_upload(
    *, owner: Requester, length: int, filename: str = "", metadata: str = ""
) -> Upload:
    """Begin an upload of ``length`` bytes. ``metadata``: the header of that name, to be repeated.
    Raises Problem: too large (413), too many open or in a short time (429), no room (507).
    """
    if length <= 0:
        raise Problem("upload_empty", LocalizedText("文件是空的", "The file is empty"))
    if length > settings.UPLOAD_MAX_BYTES:
        max_size = f"{settings.UPLOAD_MAX_BYTES / 1024**3:.3g}"
        raise Problem(
            "upload_too_large",
            LocalizedText(
                f"文件太大，最大 {max_size} GiB",
                f"The file is too large; {max_size} GiB is the most",
            ),
            status=413,
        )
    root = _root()
    upload = Upload(
        owner_id=owner.pk,
        filename=Path(filename).name[:200],
        metadata=metadata,
        length=length,
        expires_at=timezone.now() + timedelta(hours=settings.UPLOAD_EXPIRES_HOURS),
    )
    path = path_of(upload)
    try:
        with transaction.atomic():
            reserve_room(root, owner, length)
            upload.save(force_insert=True)
            path.touch(mode=0o600, exist_ok=False)
    except BaseException as exc:
        path.unlink(missing_ok=True)  # no row knows these bytes, so no quota would count them
        if isinstance(exc, OSError):
            raise _read_disk_error(exc) from exc
        raise
    return upload


def append_to_upload(
    *, upload: Upload, offset: int, read: Read, checksum: tuple[str, bytes] | None = None
) -> Upload:
    """Write a request's bytes at ``offset``; with the last one the file's examination is enqueued.

    With a ``checksum`` (algorithm, digest) the bytes count only when they match. Raises Problem:
    wrong offset (409), somebody else is writing (423), more than was announced (413), wrong
    checksum (460), expired (410), disk full (507: the upload can go on once there is room), or the
    reason why the file was refused before (422). Raises ConnectionCut after keeping what had
    arrived.
    """
    ensure_receiving(upload)  # before its file, which may be gone already, is opened
    if upload.asset_id is not None and offset == upload.length:
        return upload  # the last bytes, or none, said once more because the answer was lost
    with _locked_file(upload) as file:
        upload.refresh_from_db()
        ensure_receiving(upload)
        have = safe_offset(upload)
        if upload.asset_id is not None and offset == have:
            return upload  # accepted in this very moment
        if offset != have:
            raise Conflict(
                "upload_offset",
                LocalizedText(
                    "续传位置与已收到的不符", "The offset is not where the upload stands"
                ),
                detail=LocalizedText(f"已收到 {have} 字节", f"{have} bytes have been received"),
            )
        connection_cut = _receive(upload, file, have, read, checksum)
        if connection_cut:
            raise ConnectionCut
    examine_later(upload)  # with the lock given back: the job takes it
    return upload


def examine_later(upload: Upload) -> None:
    """Enqueue the examination of a whole upload that was neither accepted nor refused; one at a
    time.
    """
    if upload.offset < upload.length or upload.asset_id is not None or upload.problem is not None:
        return
    with transaction.atomic():
        args = {"upload_id": str(upload.pk)}
        upload.examination = enqueue_job(
            "media.examine_upload", args, key=str(upload.pk), owner_id=upload.owner_id
        )
        upload.save(update_fields=["examination"])


def examine_upload(*, upload_id: UUID) -> None:
    """Examine a whole upload, which becomes an asset or is refused with the reason, as a Problem.

    Does nothing for one that is gone or was examined. Raises OSError or UploadBusy when another try
    later may do; everything is kept then.
    """
    upload = Upload.objects.select_related("owner").filter(pk=upload_id).first()
    if upload is None or upload.asset_id is not None or upload.problem is not None:
        return
    with _locked_file(upload):
        upload.refresh_from_db()
        if upload.asset_id is None and upload.problem is None and upload.offset == upload.length:
            _finish(upload)


def claim_upload(*, upload_id: UUID, owner: Requester) -> Asset:
    """The asset of a finished upload of the owner's.

    NotFound for another's or none; Problem ``upload_unfinished`` or ``upload_in_examination``
    (409), or the reason why the file was refused (422).
    """
    upload = Upload.objects.select_related("asset").filter(pk=upload_id, owner_id=owner.pk).first()
    if upload is None:
        raise NotFound
    if upload.problem is not None:
        raise stored_problem(upload)
    if upload.asset is None and upload.offset == upload.length:
        examine_later(upload)  # whoever received the last byte may have died before it did so
        raise Conflict(
            "upload_in_examination",
            LocalizedText("影片还在检查，请稍候", "The film is still being checked; please wait"),
        )
    if upload.asset is None:
        raise Conflict(
            "upload_unfinished", LocalizedText("上传还没有完成", "The upload is not finished")
        )
    return upload.asset


def delete_upload(*, upload: Upload) -> None:
    """End an upload and free its bytes. An asset that was made of it stays. Raises Problem while
    somebody writes (423).
    """
    path = path_of(upload)
    with _locked_file(upload):
        upload.delete()
        path.unlink(missing_ok=True)


def sweep_uploads() -> int:
    """Remove uploads whose time is over, with their bytes, and bytes that no row knows. Returns how
    many rows went.
    """
    gone = 0
    for upload in Upload.objects.filter(expires_at__lt=timezone.now())[:1000]:
        try:
            delete_upload(upload=upload)
        except Problem:
            continue  # somebody is still writing the last of it
        gone += 1
    old = timezone.now().timestamp() - 3600 * settings.UPLOAD_EXPIRES_HOURS - 3600
    for path in _root().iterdir():
        if path.stat().st_mtime < old and path.is_file():
            known = _is_id(path.name) and Upload.objects.filter(pk=path.name).exists()
            if not known:
                path.unlink(missing_ok=True)
    return gone


def ensure_receiving(upload: Upload) -> None:
    """Raise Problem when an upload takes no more bytes: expired (410), refused (422)."""
    if upload.problem is not None:
        raise stored_problem(upload)
    if upload.asset_id is None and upload.expires_at <= timezone.now():
        raise Problem(
            "upload_expired",
            LocalizedText("上传已过期，请重新开始", "The upload has expired; please start again"),
            status=410,
        )


def safe_offset(upload: Upload) -> int:
    """How many bytes are really there: the row's count, or less if the file has lost some."""
    if upload.asset_id is not None or upload.problem is not None:
        return upload.offset
    try:
        return min(upload.offset, path_of(upload).stat().st_size)
    except FileNotFoundError:
        return 0


def path_of(upload: Upload) -> Path:
    """Where an upload's bytes lie."""
    return _root() / str(upload.pk)


def stored_problem(upload: Upload) -> Problem:
    """Why a finished upload was refused, as the Problem it was."""
    kept = upload.problem
    detail = LocalizedText(**kept["detail"]) if kept.get("detail") else None
    return Problem(kept["code"], LocalizedText(**kept["title"]), detail=detail, status=422)


def _receive(
    upload: Upload, file: FileIO, start: int, read: Read, checksum: tuple[str, bytes] | None
) -> bool:
    """Write what comes. Returns whether the connection was cut in the middle; raises Problem with
    nothing of it counted.
    """
    digest = hashlib.new(checksum[0], usedforsecurity=False) if checksum else None
    offset, connection_cut = start, False
    try:
        file.truncate(start)
        file.seek(start)
        _release_connection()
        while True:
            try:
                piece = read(settings.UPLOAD_CHUNK_BYTES)
            except ConnectionCut:
                connection_cut = True
                break
            if not piece:
                break
            if free_room(path_of(upload).parent) < 0:
                raise OSError(errno.ENOSPC, "the rest of the disk is PostgreSQL's")
            if offset + len(piece) > upload.length:
                raise Problem(
                    "upload_overflow",
                    LocalizedText("收到的数据超出文件大小", "More bytes came than the file has"),
                    status=413,
                )
            _write_all(file, piece)
            offset += len(piece)
            if digest is not None:
                digest.update(piece)
            elif offset - upload.offset >= _RECORD_EVERY_BYTES:
                _record_offset(upload, file, offset)
                _release_connection()
        if checksum is not None and digest is not None:
            if connection_cut:  # a part of them cannot be checked
                offset = start
            elif digest.digest() != checksum[1]:
                raise Problem(
                    "upload_checksum",
                    LocalizedText(
                        "数据校验不符，请重新发送",
                        "The checksum does not match; please send it again",
                    ),
                    status=460,
                )
        _record_offset(upload, file, offset)
    except (OSError, Problem) as exc:
        # Room for others; the row counts only what was safe before, so whatever stays is
        # overwritten next time.
        with suppress(OSError):
            file.truncate(upload.offset)
        if isinstance(exc, OSError):
            raise _read_disk_error(exc) from exc
        raise
    return connection_cut


def _write_all(file: FileIO, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]  # a disk that fills up takes a part first


def _record_offset(upload: Upload, file: FileIO, place: int) -> None:
    os.fsync(file.fileno())
    upload.offset = place
    upload.save(update_fields=["offset"])


def _release_connection() -> None:
    """Give the connection to the database back before a long wait: whoever sends slowly must not
    hold one of a few.
    """
    if not connection.in_atomic_block:
        connection.close()


def _finish(upload: Upload) -> None:
    """Turn the whole file into an asset, or say why not; either way its bytes leave the folder of
    uploads.

    They leave it once the row that says so is committed. Until then whatever dies, or is rolled
    back, leaves them to be looked at again.
    """
    path = path_of(upload)
    _release_connection()
    try:
        facts = examine_file(path=path)
        asset = store_file(path=path, owner=upload.owner, facts=facts)
        # Not removed where this fails: the answer to a commit may be lost, and then the row names
        # it.
        with transaction.atomic():
            asset.save(force_insert=True)
            upload.asset = asset
            upload.save(update_fields=["asset"])
            transaction.on_commit(lambda: path.unlink(missing_ok=True))
    except Problem as problem:
        upload.problem = stored_form_of(problem)
        upload.save(update_fields=["problem"])
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
        raise


@contextmanager
def _locked_file(upload: Upload) -> Iterator[FileIO]:
    """The upload's file, locked: Problem ``upload_busy`` (423) while another request or process
    writes to it.
    """
    # Created anew when a disk lost it: the upload then starts again from 0. The kernel ends the
    # lock with its process.
    with FileIO(os.open(path_of(upload), os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadBusy from None
        yield file


def _root() -> Path:
    root = Path(settings.UPLOAD_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    return root


def _is_id(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def _read_disk_error(exc: OSError) -> Exception:
    if isinstance(exc, storage.StorageAway):
        return Problem(
            "storage_away",
            STORAGE_AWAY,
            detail=LocalizedText("已传的部分都留着", "What has been uploaded is kept"),
            status=503,
        )
    return disk_full() if exc.errno in _DISK_FULL_ERRORS else exc
