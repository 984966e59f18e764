"""A seccomp filter: the system calls that a process which only reads and writes files never makes.

Source of the numbers: arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/linux/{seccomp,filter,
bpf_common,audit}.h. On other processors there is none.
"""

from __future__ import annotations

import ctypes
import errno
import platform

# Refused with EPERM.
_REFUSED = {
    "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "listen": 50,
    "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,  # would go around it
    "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
    "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "process_madvise": 440,
    "setns": 308, "unshare": 272, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
    "fspick": 433, "mount_setattr": 442, "name_to_handle_at": 303, "open_by_handle_at": 304,
    "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
    "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
    "add_key": 248, "request_key": 249, "keyctl": 250,
    "init_module": 175, "finit_module": 313, "delete_module": 176, "kexec_load": 246,
    "kexec_file_load": 320, "reboot": 169, "swapon": 167, "swapoff": 168, "acct": 163,
    "syslog": 103, "personality": 135, "iopl": 172, "ioperm": 173, "quotactl": 179,
    "mknod": 133, "mknodat": 259, "shmget": 29, "semget": 64, "msgget": 68,
    "kill": 62, "setpriority": 141, "sched_setaffinity": 203,
}  # fmt: skip
_CLONE, _CLONE3, _PRLIMIT = 56, 435, 302
_CLONE_THREAD = 0x00010000
_AUDIT_ARCH_X86_64, _X32_BIT = 0xC000003E, 0x40000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_SET_MODE_FILTER, _TSYNC, _SECCOMP = 1, 1, 317


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_uint16),
        ("if_true", ctypes.c_uint8),
        ("if_false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("filter", ctypes.POINTER(_Instruction))]


def refuse_system_calls() -> bool:
    """Refuse them for every thread of this process and what it starts; returns whether the kernel
    does. It needs ``PR_SET_NO_NEW_PRIVS`` to be set.
    """
    if platform.machine() != "x86_64":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    steps = _steps()
    program = _Program(len(steps), (_Instruction * len(steps))(*steps))
    answer = libc.syscall(_SECCOMP, _SET_MODE_FILTER, _TSYNC, ctypes.byref(program))
    return bool(answer == 0)


def _steps() -> list[_Instruction]:
    refuse = _Instruction(_RETURN, 0, 0, _ERRNO | errno.EPERM)
    steps = [
        _Instruction(_LOAD, 0, 0, _ARCH),
        _Instruction(_EQUAL, 1, 0, _AUDIT_ARCH_X86_64),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, _NUMBER),
        _Instruction(_AT_LEAST, 0, 1, _X32_BIT),
        refuse,
        # libc then uses clone, whose flags can be seen.
        _Instruction(_EQUAL, 0, 1, _CLONE3),
        _Instruction(_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    for number in _REFUSED.values():
        steps += [_Instruction(_EQUAL, 0, 1, number), refuse]
    return [
        *steps,
        # Threads of its own, and no other process.
        _Instruction(_EQUAL, 0, 3, _CLONE),
        _Instruction(_LOAD, 0, 0, _FIRST_ARGUMENT),
        _Instruction(_ANY_BIT, 5, 0, _CLONE_THREAD),
        refuse,
        # Limits of its own, and of no other process.
        _Instruction(_EQUAL, 0, 3, _PRLIMIT),
        _Instruction(_LOAD, 0, 0, _FIRST_ARGUMENT),
        _Instruction(_EQUAL, 1, 0, 0),
        refuse,
        _Instruction(_RETURN, 0, 0, _ALLOW),
    ]
