-- Circles. Read at the top of 0001_the_house.sql how these files are written, and for whom.

ALTER TABLE room ADD COLUMN must_roll BIGINT NOT NULL DEFAULT 0; -- clear: 1 when somebody left and the room needs a new key before anything more is written
ALTER TABLE invite ADD COLUMN room_id BYTEA; -- clear: the circle that it leads into, if it leads into one
ALTER TABLE invite ADD COLUMN uses BIGINT NOT NULL DEFAULT 1; -- clear: how many people a link into a circle was made for
CREATE INDEX invite_into ON invite (room_id);

-- table: Circles: a few people with a room and rules of their own. Name, purpose and agreements are sealed in the room.
CREATE TABLE circle (
    room_id        BYTEA PRIMARY KEY,                  -- clear: their room
    size           BIGINT NOT NULL,                    -- clear: how many people it wants to be at most
    line           TEXT,                               -- clear: what it says of itself in the list of circles; empty if it is not to be found there
    fade_days      BIGINT NOT NULL,                    -- clear: after how many days what is said in its log is erased; 0 for never
    gathering_fade_days BIGINT NOT NULL,               -- clear: the same for what is said in its gatherings
    door_minutes   BIGINT NOT NULL,                    -- clear: how many minutes after its start a gathering can still be entered
    made_ms        BIGINT NOT NULL,                    -- clear: when it was made
    faded_seq      BIGINT NOT NULL DEFAULT 0           -- clear: up to which place in the log all that had to fade is erased
);

-- table: Keepers: those in a circle who can change its rules and ask someone to leave.
CREATE TABLE circle_keeper (
    room_id        BYTEA NOT NULL,                     -- clear: the circle's room
    person_id      BYTEA NOT NULL,                     -- clear: who keeps it
    PRIMARY KEY (room_id, person_id)
);

-- table: Who was in a circle and is no longer: they can still take back and erase what they wrote there.
CREATE TABLE circle_left (
    room_id        BYTEA NOT NULL,                     -- clear: the circle's room
    person_id      BYTEA NOT NULL,                     -- clear: who was in it
    epoch          BIGINT NOT NULL,                    -- clear: the last of the room's keys that they had
    statement      BYTEA NOT NULL,                     -- clear: their signed word that they left; empty if somebody else took them out or their account ended
    PRIMARY KEY (room_id, person_id)
);
CREATE INDEX circle_left_by ON circle_left (person_id);

-- table: Who wants to come into a circle.
CREATE TABLE circle_request (
    room_id        BYTEA NOT NULL,                     -- clear: the circle's room
    person_id      BYTEA NOT NULL,                     -- clear: who wants to come in
    invite_id      BYTEA,                              -- clear: the link they came by; empty for those who asked
    state          TEXT NOT NULL,                      -- clear: asking, welcomed, declined or knocking
    body           BYTEA NOT NULL,                     -- sealed: their name and words, for the keepers or for whoever has the link
    answer         BYTEA,                              -- sealed: a keeper's answer
    answered_by    BYTEA,                              -- clear: which keeper answered
    made_ms        BIGINT NOT NULL,                    -- clear: when they asked
    PRIMARY KEY (room_id, person_id)
);
CREATE INDEX circle_request_of ON circle_request (person_id);

-- table: What was said in a circle's gatherings: it fades by their time and not by the log's.
CREATE TABLE circle_apart (
    room_id        BYTEA NOT NULL,                     -- clear: the circle's room
    id             BYTEA NOT NULL,                     -- clear: an entry, or a voice note
    PRIMARY KEY (room_id, id)
);
