"""The journal's service: fills call_log from CEL when a call is over, as XiVO's xivo-call-logd does.

It runs inside the PBX, with psycopg and nothing else beside Python's own: `select * from call_log` works there whether xivolab
runs or not.
"""
