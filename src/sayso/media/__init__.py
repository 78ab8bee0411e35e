"""Public copies of pictures and videos: decoded, re-encoded, stripped of position and device data.

pictures    by Pillow, in this process, with caps before anything is decoded
videos      by ffmpeg, in a child process with limits
"""

from sayso.media.pictures import prepare_picture
from sayso.media.prepared import Prepared, PublicFile
from sayso.media.videos import prepare_video

__all__ = ["Prepared", "PublicFile", "prepare_picture", "prepare_video"]
