"""What a phone says into a call, and what it keeps of what it hears."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pjsua2 as pj

Message = dict[str, Any]

# For ever: the generator repeats it.
_TONE_MS = 1000
_KEY_OFF_MS = 80


class Sound:
    """The sounds of one phone. A sound is `{"file": "/voices/alice.wav"}`, `{"tones": [440, 480]}` or `{}`, silence."""

    def __init__(self, config: Message) -> None:
        self.default: Message = config["voice"]
        self.clock_rate: int = config["clock_rate"]

    def source(self, sound: Message) -> Any:
        """A source of this sound, ready to be sent into a call."""
        if "file" in sound:
            player = pj.AudioMediaPlayer()
            player.createPlayer(sound["file"], 0 if sound.get("loop", True) else pj.PJMEDIA_FILE_NO_LOOP)
            return player
        generator = pj.ToneGenerator()
        generator.createToneGenerator(self.clock_rate, 1)
        if sound.get("tones"):
            generator.play(_tones(sound["tones"]), True)
        return generator

    def keys(self, digits: str, duration_ms: int) -> Any:
        """A source of the tones that these keys make (DTMF, Q.23)."""
        generator = pj.ToneGenerator()
        generator.createToneGenerator(self.clock_rate, 1)
        pressed = pj.ToneDigitVector()
        for digit in digits:
            key = pj.ToneDigit()
            key.digit = digit
            key.on_msec = duration_ms
            key.off_msec = _KEY_OFF_MS
            key.volume = 0
            pressed.append(key)
        generator.playDigits(pressed, False)
        return generator

    @staticmethod
    def recorder(file: str) -> Any:
        """A recorder that writes a WAV file."""
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        recorder = pj.AudioMediaRecorder()
        recorder.createRecorder(file)
        return recorder


def _tones(frequencies: list[int]) -> Any:
    """A vector of one tone of one or two frequencies, in Hz."""
    tone = pj.ToneDesc()
    tone.freq1 = frequencies[0]
    tone.freq2 = frequencies[1] if len(frequencies) > 1 else 0
    tone.on_msec = _TONE_MS
    tone.off_msec = 0
    tone.volume = 0
    tones = pj.ToneDescVector()
    tones.append(tone)
    return tones
