#!/bin/sh
# Makes the music on hold: a soft chord that changes, 8 kHz mono.
set -e
mkdir -p "$1"
chord() { sox -q -n -r 8000 -c 1 -b 16 "$1/$2.wav" synth 4 sine "$3" synth 4 sine mix "$4" synth 4 sine mix "$5" gain -18; }
chord "$1" a 262 330 392
chord "$1" b 220 262 330
chord "$1" c 247 294 392
sox -q "$1/a.wav" "$1/b.wav" "$1/c.wav" "$1/a.wav" "$1/music.wav"
rm "$1/a.wav" "$1/b.wav" "$1/c.wav"
