-- What Asterisk and XiVO write about calls, in tables named and shaped as a XiVO's.
CREATE TABLE cel (
    id           SERIAL PRIMARY KEY,
    eventtype    VARCHAR(30),
    eventtime    TIMESTAMP WITHOUT TIME ZONE,
    userdeftype  VARCHAR(255),
    cid_name     VARCHAR(80),
    cid_num      VARCHAR(80),
    cid_ani      VARCHAR(80),
    cid_rdnis    VARCHAR(80),
    cid_dnid     VARCHAR(80),
    exten        VARCHAR(80),
    context      VARCHAR(80),
    channame     VARCHAR(80),
    appname      VARCHAR(80),
    appdata      VARCHAR(512),
    amaflags     INTEGER,
    accountcode  VARCHAR(20),
    peeraccount  VARCHAR(20),
    uniqueid     VARCHAR(150),
    linkedid     VARCHAR(150),
    userfield    VARCHAR(255),
    peer         VARCHAR(80),
    extra        TEXT,
    call_log_id  INTEGER
);
CREATE INDEX cel__idx__call_log_id ON cel (call_log_id);
CREATE INDEX cel__idx__eventtime ON cel (eventtime);
CREATE INDEX cel__idx__linkedid ON cel (linkedid);
CREATE INDEX cel__idx__uniqueid ON cel (uniqueid);

CREATE TABLE call_log (
    id                        SERIAL PRIMARY KEY,
    date                      TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    source_name               VARCHAR(255),
    source_exten              VARCHAR(255),
    source_line_identity      VARCHAR(255),
    destination_name          VARCHAR(255),
    destination_exten         VARCHAR(255),
    destination_line_identity VARCHAR(255),
    duration                  INTERVAL NOT NULL,
    user_field                VARCHAR(255),
    answered                  BOOLEAN
);

CREATE TABLE queue_log (
    id        SERIAL PRIMARY KEY,
    time      VARCHAR(26) NOT NULL DEFAULT '',
    callid    VARCHAR(80) NOT NULL DEFAULT '',
    queuename VARCHAR(256) NOT NULL DEFAULT '',
    agent     VARCHAR(256) NOT NULL DEFAULT '',
    event     VARCHAR(20) NOT NULL DEFAULT '',
    data1     VARCHAR(256) DEFAULT '',
    data2     VARCHAR(256) DEFAULT '',
    data3     VARCHAR(256) DEFAULT '',
    data4     VARCHAR(256) DEFAULT '',
    data5     VARCHAR(256) DEFAULT ''
);
CREATE INDEX queue_log__idx_time ON queue_log (time);

-- The journal is made when a call is over: whoever makes it is told at that moment.
CREATE FUNCTION tell_linkedid_end() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('linkedid_end', NEW.linkedid); RETURN NEW; END $$;
CREATE TRIGGER cel_tells_linkedid_end AFTER INSERT ON cel
    FOR EACH ROW WHEN (NEW.eventtype = 'LINKEDID_END') EXECUTE FUNCTION tell_linkedid_end();
