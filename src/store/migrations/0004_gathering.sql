-- Gatherings. Read at the top of 0001_the_house.sql how these files are written, and for whom.

-- table: Gatherings: a circle meets and takes turns. What is said stands in the circle's log, sealed; here stand order, time and turn.
CREATE TABLE gathering (
    id             BYTEA PRIMARY KEY,                  -- clear: a random number
    room_id        BYTEA NOT NULL,                     -- clear: the circle's room
    series         BYTEA NOT NULL,                     -- clear: a random number that the gatherings of one series share
    place          BIGINT NOT NULL,                    -- clear: which of the series it is, from 0
    author         BYTEA NOT NULL,                     -- clear: who scheduled it
    start_ms       BIGINT NOT NULL,                    -- clear: when it starts
    minutes        BIGINT NOT NULL,                    -- clear: how long it is meant to be
    turn_s         BIGINT NOT NULL,                    -- clear: how many seconds a turn is meant to be
    host           BYTEA,                              -- clear: who hosts it
    guardian       BYTEA,                              -- clear: who watches time and care beside the host
    stage          TEXT NOT NULL,                      -- clear: ahead, opening, check-in, main, closing, over or cancelled
    changed_ms     BIGINT NOT NULL,                    -- clear: when it was scheduled, moved or cancelled
    version        BIGINT NOT NULL DEFAULT 1,          -- clear: counts what changed in it
    turn           BIGINT NOT NULL DEFAULT 0,          -- clear: counts the turns
    stage_began_ms BIGINT NOT NULL DEFAULT 0,          -- clear: when this stage began
    holder         BYTEA,                              -- clear: whose turn it is
    turn_began_ms  BIGINT NOT NULL DEFAULT 0,          -- clear: since when
    replies        BIGINT NOT NULL DEFAULT 0,          -- clear: 1 when whose turn it is asked for replies
    paused_until_ms BIGINT NOT NULL DEFAULT 0,         -- clear: until when all pause, because somebody rang the bell
    seen_ms        BIGINT NOT NULL DEFAULT 0,          -- clear: when somebody was last in it
    fade_days      BIGINT,                             -- clear: after how many days what is said in it is erased, as the circle had agreed when it began
    ended_ms       BIGINT,                             -- clear: when it was over
    faded          BIGINT NOT NULL DEFAULT 0           -- clear: 1 when what was said in it is erased
);
CREATE UNIQUE INDEX gathering_in_series ON gathering (series, place);
CREATE INDEX gathering_of ON gathering (room_id, start_ms);
CREATE INDEX gathering_stage ON gathering (stage, start_ms);

-- table: Who has a seat in a gathering. Erased together with what was said.
CREATE TABLE gathering_seat (
    gathering_id   BYTEA NOT NULL,                     -- clear: the gathering
    person_id      BYTEA NOT NULL,                     -- clear: who sits there
    place          BIGINT NOT NULL,                    -- clear: the order of turns
    late           BIGINT NOT NULL DEFAULT 0,          -- clear: above 0 for who comes behind all others in this round
    waits          BIGINT NOT NULL,                    -- clear: 1 when their turn in this round is still to come
    here           BIGINT NOT NULL,                    -- clear: 1 when the others were last told that they are here
    seen_ms        BIGINT NOT NULL,                    -- clear: when their device last said that it is there; 0 when they left
    PRIMARY KEY (gathering_id, person_id)
);
CREATE INDEX gathering_seat_of ON gathering_seat (person_id);

-- table: Which lines of a circle's log were said in a gathering. Erased together with what was said.
CREATE TABLE gathering_turn (
    gathering_id   BYTEA NOT NULL,                     -- clear: the gathering
    n              BIGINT NOT NULL,                    -- clear: its place among them
    entry_id       BYTEA NOT NULL,                     -- clear: the line
    voice_id       BYTEA,                              -- clear: the voice note that it carries, if it does
    author         BYTEA NOT NULL,                     -- clear: who said it
    stage          TEXT NOT NULL,                      -- clear: in which stage
    turn           BIGINT NOT NULL,                    -- clear: in which turn
    reply          BIGINT NOT NULL,                    -- clear: 1 when it was said into somebody else's turn
    PRIMARY KEY (gathering_id, n)
);
CREATE UNIQUE INDEX gathering_turn_entry ON gathering_turn (gathering_id, entry_id);
