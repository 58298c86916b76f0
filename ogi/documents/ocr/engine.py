"""The two networks that find and read text: loaded once a process, offline, silent, on at most two threads."""

import functools
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime
import rapidocr

from ogi.documents.memory import allow_recognition
from ogi.documents.ocr.picture import Corners, Picture

_THREADS = 2
# An arena is no faster, and grows with each page of another size: 1.15 GB after five pages, 0.9 GB without
_KEEPS_MEMORY = False
_RECOGNISER = "PP-OCRv6_rec_small.onnx"
_LINE_HEIGHT = 48  # pixels, what the recogniser was trained on
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recogniser reads on one line, and the probability of each character (0 to 1)."""

    text: str
    certainties: tuple[float, ...]

    @property
    def certainty(self) -> float:
        """The probability of the least certain character; 0 where nothing was read."""
        return min(self.certainties, default=0.0)


def find_text(picture: Picture) -> list[Corners]:
    """Return the four corners of each text line on a picture (BGR), in pixels."""
    boxes = _detector()(picture, use_det=True, use_cls=False, use_rec=False).boxes
    return [] if boxes is None else list(boxes)


def read_lines(crops: Sequence[Picture]) -> list[Reading]:
    """Read pictures of one line of text each (BGR), in their order."""
    readings = [Reading("", ())] * len(crops)
    by_width = sorted(range(len(crops)), key=lambda i: _scaled_width(crops[i]))
    for start in range(0, len(by_width), _BATCH):
        batch = by_width[start : start + _BATCH]
        for index, reading in zip(batch, _read_batch([crops[i] for i in batch]), strict=True):
            readings[index] = reading
    return readings


def _read_batch(crops: Sequence[Picture]) -> list[Reading]:

    session, alphabet = _recogniser()
    widths = [_scaled_width(crop) for crop in crops]
    batch = np.zeros((len(crops), 3, _LINE_HEIGHT, max(widths)), np.float32)
    for line, crop, width in zip(batch, crops, widths, strict=True):
        scaled = cv2.resize(crop, (width, _LINE_HEIGHT)).astype(np.float32)
        line[:, :, :width] = scaled.transpose(2, 0, 1) / 127.5 - 1
    (probabilities,) = session.run(None, {session.get_inputs()[0].name: batch})
    return [_decode(steps, alphabet) for steps in probabilities]


def _decode(steps: Picture, alphabet: Sequence[str]) -> Reading:
    """Decode greedily: a character repeated without a blank between is one; class 0 is the blank."""
    best = steps.argmax(axis=1)
    read = [
        (alphabet[kind], float(steps[step, kind]))
        for step, kind in enumerate(best)
        if kind and (step == 0 or kind != best[step - 1])
    ]
    return Reading("".join(c for c, _ in read), tuple(p for _, p in read))


def _scaled_width(crop: Picture) -> int:
    height: int = crop.shape[0]
    width: int = crop.shape[1]
    return max(1, round(_LINE_HEIGHT * width / height))


@functools.cache
def _detector() -> Any:  # noqa: ANN401 - the library has no types
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    allow_recognition()
    return rapidocr.RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": _KEEPS_MEMORY,
            "Global.log_level": "critical",
        }
    )


@functools.cache
def _recogniser() -> tuple[Any, list[str]]:
    """Open the recogniser itself: the library's own call pads every crop to seven times its height, which is slow and
    less right for single digits, and hides the certainty of single characters.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = _KEEPS_MEMORY
    options.log_severity_level = 4
    model = Path(rapidocr.__file__).parent / "models" / _RECOGNISER
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    alphabet = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    return session, ["", *alphabet, " "]
