"""Keywords are told by a small process of its own, which ends with whoever asked it, however that ends."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gateway.cockpit.keywords import KeywordProcess, told_apart
from gateway.cockpit.words import keywords_of

TEXTS = ["医保异地报销怎么办？", "小区充电桩什么时候装？\n地下车库没有插座。", "", "line\u2028one\nline two \U0001f600"]

ASKING = """
import asyncio
from gateway.cockpit.keywords import told_apart

async def main():
    async with told_apart() as tell:
        print(await tell(["医保"]), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def pid_of(worker: KeywordProcess) -> int:
    """The running process of a worker."""
    assert worker._process is not None
    return worker._process.pid


def is_running(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_keywords_are_those_told_in_process() -> None:
    """Each text's own, batch after batch, from one process."""
    worker = KeywordProcess()

    first = await worker.tell(TEXTS)
    pid = pid_of(worker)
    second = await worker.tell([*TEXTS[:2], *TEXTS] * 30)

    assert first == [keywords_of(text) for text in TEXTS]
    assert second == [first[0], first[1], *first] * 30
    assert "医保" in first[0]
    assert pid_of(worker) == pid
    await worker.end()


async def test_nothing_is_started_where_there_is_no_text() -> None:
    """A round that finds no change costs no process."""
    worker = KeywordProcess()

    assert await worker.tell([]) == []
    assert worker._process is None


async def test_long_texts_fit() -> None:
    """More than a pipe holds, both ways."""
    texts = [" ".join(f"医保报销{n} 教育资源 公共交通 健康服务" for n in range(500))] * 100
    worker = KeywordProcess()

    told = await worker.tell(texts)

    assert told == [keywords_of(texts[0])] * 100
    await worker.end()


@pytest.mark.parametrize("waits", [True, False])
async def test_where_it_dies_another_goes_on(waits: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Whether that is noticed before the next text or only with it."""
    worker = KeywordProcess()
    first = await worker.tell(TEXTS)
    died = pid_of(worker)

    os.kill(died, signal.SIGKILL)
    if waits and worker._process is not None:
        await worker._process.wait()
    again = await worker.tell(TEXTS)

    assert again == first
    assert pid_of(worker) != died
    await worker.end()


async def test_one_that_cannot_be_had_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a second try; whoever reads goes on later."""
    monkeypatch.setattr("gateway.cockpit.keywords._WORKER", "gateway.cockpit.no_such_worker")
    worker = KeywordProcess()

    with pytest.raises((OSError, EOFError)):
        await worker.tell(TEXTS)

    await worker.end()


async def test_it_ends_with_the_block() -> None:
    """Its memory is given back; so when a round is broken off, as it is when the gateway stops."""
    started: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def reading() -> None:
        async with told_apart() as tell:
            await tell(TEXTS)
            started.set_result(pid_of(tell.__self__))  # type: ignore[attr-defined]  # the worker's own method
            await asyncio.Event().wait()

    task = asyncio.create_task(reading())
    pid = await started
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert not is_running(pid)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_a_gateway_that_was_killed(how: signal.Signals) -> None:
    """Its input ends, and so does it."""
    asking = subprocess.Popen([sys.executable, "-c", ASKING], stdout=subprocess.PIPE)
    assert asking.stdout is not None
    asking.stdout.readline()
    (child,) = Path(f"/proc/{asking.pid}/task/{asking.pid}/children").read_text().split()

    asking.send_signal(how)
    asking.wait(20)
    asking.stdout.close()

    assert ended(int(child))


def ended(pid: int) -> bool:
    """Wait until a process is over, or only its entry is left where nobody takes orphans in."""
    for _ in range(2000):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_the_process_is_small() -> None:
    """Nothing of the gateway is read into it but the words, nor any library but the one."""
    told = "import gateway.cockpit.keyword_worker, sys; print(*sorted(m for m in sys.modules if 'gateway' in m))"

    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert ran.stdout.split() == [
        "gateway",
        "gateway.cockpit",
        "gateway.cockpit.keyword_worker",
        "gateway.cockpit.words",
    ]
