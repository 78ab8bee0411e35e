"""Videos: re-encoded by ffmpeg in a child process with limits. Without ffmpeg they are linked, never passed through,
since a container carries the place and the device of the recording."""

import json
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from sayso.errors import Refused
from sayso.media.pictures import encoded, opened
from sayso.media.prepared import Prepared, public_file

MAX_SECONDS: Final = 600
TIMEOUT_S: Final = 120
MEMORY_BYTES: Final = 2 * 2**30
MAX_FRAME_PIXELS: Final = 8_300_000  # 4K
HEIGHT: Final = 720
QUIET: Final = ("-hide_banner", "-loglevel", "error", "-nostdin", "-protocol_whitelist", "file")
#: The even width that H.264 needs, at most 720 lines, without metadata, chapters, subtitles or data streams.
ENCODE: Final = (
    "-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
    "-vf", f"scale=-2:'min({HEIGHT},ih)'",
    "-c:v", "libx264", "-preset", "veryfast", "-crf", "27", "-pix_fmt", "yuv420p",
    "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact",
    "-flags:a", "+bitexact", "-threads", "2",
)  # fmt: skip


def prepare_video(body: bytes) -> Prepared:
    """H.264 at up to 720 lines and a poster.

    Raises Refused where ffmpeg is not here, or the video is too long, too large or damaged.
    """
    ffmpeg, ffprobe = shutil.which("ffmpeg"), shutil.which("ffprobe")
    if not ffmpeg or not ffprobe:
        raise Refused("videos need ffmpeg; it is not here, so the video is only linked (apt-get install ffmpeg)")
    with tempfile.TemporaryDirectory(prefix="sayso-video-") as folder:
        source, film, still = (Path(folder) / name for name in ("source", "film.mp4", "still.png"))
        source.write_bytes(body)
        duration_s = probed(ffprobe, source)
        run(ffmpeg, *QUIET, "-y", "-i", str(source), *ENCODE, str(film))
        run(ffmpeg, *QUIET, "-y", "-ss", f"{duration_s / 3:.2f}", "-i", str(film), "-frames:v", "1", str(still))
        poster = opened(still.read_bytes(), max_pixels=MAX_FRAME_PIXELS)
        film_file = public_file(film.read_bytes(), media_type="video/mp4", size=poster.size, role="video")
        poster_file = encoded(poster, poster.width, "JPEG", role="poster")
    return Prepared(files=(film_file, poster_file), duration_s=duration_s)


def probed(ffprobe: str, source: Path) -> float:
    """The video's length in seconds. Raises Refused where it is no video or beyond the caps."""
    told = run(
        ffprobe, "-v", "error", "-protocol_whitelist", "file", "-select_streams", "v:0",
        "-show_entries", "stream=width,height:format=duration", "-of", "json", str(source),
    )  # fmt: skip
    found = json.loads(told)
    streams = found.get("streams") or [{}]
    pixels = int(streams[0].get("width") or 0) * int(streams[0].get("height") or 0)
    try:
        duration_s = float(found.get("format", {}).get("duration") or 0)
    except ValueError:
        duration_s = 0.0
    if not pixels or duration_s <= 0:
        raise Refused("this is no video that ffmpeg can read")
    if pixels > MAX_FRAME_PIXELS or duration_s > MAX_SECONDS:
        raise Refused(f"the video is too large or too long: at most {MAX_SECONDS // 60} minutes at 3840 x 2160")
    return duration_s


def run(*command: str) -> bytes:
    """The standard output of a child with limits on memory and time. Raises Refused with its own last words."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs, no shell, our own file names
            command,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
            preexec_fn=_limits,
        )
    except subprocess.TimeoutExpired as err:
        raise Refused(f"the video took longer than {TIMEOUT_S} s to read") from err
    if done.returncode:
        raise Refused(f"the video cannot be read: {done.stderr.decode(errors='replace').strip()[-200:]}")
    return done.stdout


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT_S, TIMEOUT_S))
