-- Voice notes. Read at the top of 0001_the_house.sql how these files are written, and for whom.

-- table: Voice notes: sealed sound. The key to it lies in a sealed entry; which entry that is, is not known here.
CREATE TABLE voice (
    room_id        BYTEA NOT NULL,                     -- clear: the room whose members can hear it
    id             BYTEA NOT NULL,                     -- clear: a random number
    author         BYTEA NOT NULL,                     -- clear: who recorded it
    chunks         BIGINT NOT NULL,                    -- clear: how many pieces of it have come
    bytes          BIGINT NOT NULL,                    -- clear: how large these are together, which tells about how long the sound is
    done           BIGINT NOT NULL,                    -- clear: 1 when the last piece has come
    made_ms        BIGINT NOT NULL,                    -- clear: when the first piece came
    PRIMARY KEY (room_id, id)
);
-- A person's sum is asked with each piece, and answered out of this index alone.
CREATE INDEX voice_of ON voice (author, bytes);

-- table: The pieces of voice notes.
CREATE TABLE voice_chunk (
    room_id        BYTEA NOT NULL,                     -- clear: the room
    voice_id       BYTEA NOT NULL,                     -- clear: the voice note
    n              BIGINT NOT NULL,                    -- clear: its place, from 0
    body           BYTEA NOT NULL,                     -- sealed: a piece of the sound; all pieces are equally long, also the last
    PRIMARY KEY (room_id, voice_id, n)
);
