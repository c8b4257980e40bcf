"""Real SIP phones, as many as asked for: `Phones(engine, container)` hires them, a `Phone` calls, a `Call` goes on."""

from xivolab.bench.phone.account import Account, Voice
from xivolab.bench.phone.call import Call
from xivolab.bench.phone.link import PhoneGoneError
from xivolab.bench.phone.phone import Phone
from xivolab.bench.phone.phones import Phones

__all__ = ["Account", "Call", "Phone", "PhoneGoneError", "Phones", "Voice"]
