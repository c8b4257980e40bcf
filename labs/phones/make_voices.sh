#!/bin/sh
# Makes one minute of speech per phone, 8 kHz mono, so that calls carry real sound.
set -e
out=$1
mkdir -p "$out"
say() {
    espeak-ng -v "$2" -s 150 -w "$out/raw.wav" "$3"
    sox -q "$out/raw.wav" -r 8000 -c 1 -b 16 "$out/$1.wav" repeat 40 trim 0 150 norm -6
    rm "$out/raw.wav"
}
say alice en+f3 'Hello Bob, this is Alice. Can you hear me well? I am calling about the meeting of this afternoon.'
say bob   en+m3 'Hello Alice, yes, I hear you. The meeting starts at three, in the room next to the kitchen.'
say carol en+f5 'Carol speaking. I can take this call now, please go on.'
