-- The calendar feed. Read at the top of 0001_the_house.sql how these files are written, and for whom.

-- table: Calendar feeds: addresses that a person's calendar program reads by itself.
CREATE TABLE calendar (
    person_id      BYTEA PRIMARY KEY,                  -- clear: whose feed it is
    feed_hash      BYTEA NOT NULL UNIQUE,              -- clear: a keyed hash of the secret address; the address itself is not kept
    title          TEXT NOT NULL                       -- clear: what stands in the calendar at each time, as the person chose it
);

-- table: When the plans are that a person said yes to, while they have a calendar feed.
CREATE TABLE calendar_plan (
    person_id      BYTEA NOT NULL,                     -- clear: in whose feed it stands
    id             BYTEA NOT NULL,                     -- clear: which entry the plan is; what it says is sealed
    start_ms       BIGINT NOT NULL,                    -- clear: when it begins
    minutes        BIGINT NOT NULL,                    -- clear: how long it is
    changed_ms     BIGINT NOT NULL,                    -- clear: when its time was last changed
    PRIMARY KEY (person_id, id)
);
CREATE INDEX calendar_plan_at ON calendar_plan (start_ms);
