-- The first shape of the store, in the common subset of SQLite and PostgreSQL.
--
-- Every table has a line `-- table: …` above it and every column a comment that begins with `clear:` (whoever runs the
-- machine can read it) or `sealed:` (made unreadable on a person's device; the house has no key). The house's page
-- about itself is generated from these lines, so they are written for people. Times are milliseconds since 1970.

-- table: The house itself; one row.
CREATE TABLE house (
    one            BIGINT PRIMARY KEY,                 -- clear: always 1
    id             BYTEA NOT NULL,                     -- clear: a random number that names this house
    secret         BYTEA NOT NULL,                     -- clear: a random number that keys the hashes of sign-in names
    made_ms        BIGINT NOT NULL                     -- clear: when the house was first started
);

-- table: People who have an account here.
CREATE TABLE person (
    id             BYTEA PRIMARY KEY,                  -- clear: a number computed from the person's public keys
    name_hash      BYTEA NOT NULL UNIQUE,              -- clear: a keyed hash of the sign-in name; the name itself never reaches the house
    login_hash     BYTEA NOT NULL,                     -- clear: a hash of the sign-in secret that the device computes from the passphrase
    identity       BYTEA NOT NULL,                     -- clear: the person's public keys, as everyone who shares a room with them needs
    steward        BIGINT NOT NULL DEFAULT 0,          -- clear: 1 for a steward of the house
    adult          BIGINT NOT NULL,                    -- clear: 1, the person declared to be an adult
    made_ms        BIGINT NOT NULL,                    -- clear: the day the account was made
    invite_id      BYTEA,                              -- clear: the invite that let the person in
    change_counter BIGINT NOT NULL DEFAULT 0,          -- clear: counts changes of passphrase and card, so that an old one cannot be played again
    wrap_passphrase BYTEA NOT NULL,                    -- sealed: the account's root key, locked by the passphrase
    vault_version  BIGINT NOT NULL DEFAULT 0           -- clear: counts changes of the vault
);

-- table: Recovery cards; a card opens the account when all else is lost.
CREATE TABLE card (
    id_hash        BYTEA PRIMARY KEY,                  -- clear: a hash of the card's number
    person_id      BYTEA NOT NULL UNIQUE,              -- clear: whose card it is
    secret_hash    BYTEA NOT NULL,                     -- clear: a hash of the card's secret
    wrap           BYTEA NOT NULL                      -- sealed: the account's root key, locked by the card
);

-- table: Signed-in devices.
CREATE TABLE session (
    id             BYTEA PRIMARY KEY,                  -- clear: a random number
    token_hash     BYTEA NOT NULL UNIQUE,              -- clear: a hash of the cookie that the device holds
    person_id      BYTEA NOT NULL,                     -- clear: who is signed in
    label          BYTEA NOT NULL,                     -- sealed: what the person calls the device
    made_ms        BIGINT NOT NULL,                    -- clear: when it signed in
    seen_day_ms    BIGINT NOT NULL                     -- clear: the last day it was used (only the day)
);
CREATE INDEX session_of_person ON session (person_id);

-- table: Invites, each carried by a link whose secret the house does not have.
CREATE TABLE invite (
    id             BYTEA PRIMARY KEY,                  -- clear: a number computed from the link's secret
    kind           TEXT NOT NULL,                      -- clear: steward, house, bond or circle
    auth_hash      BYTEA NOT NULL,                     -- clear: a hash of what the holder of the link must show
    from_person    BYTEA,                              -- clear: who made it; empty for the operator's own
    greeting       BYTEA NOT NULL,                     -- sealed: the inviter's name, words and public keys
    made_ms        BIGINT NOT NULL,                    -- clear: when it was made
    expires_ms     BIGINT NOT NULL,                    -- clear: when it ends by itself
    uses_left      BIGINT NOT NULL,                    -- clear: how many people may still come in by it
    joined         BIGINT NOT NULL DEFAULT 0,          -- clear: how many accounts were made with it
    ended          BIGINT NOT NULL DEFAULT 0           -- clear: 1 when it was taken back
);
CREATE INDEX invite_from ON invite (from_person);

-- table: Rooms: sealed logs of lines that only their members can read.
CREATE TABLE room (
    id             BYTEA PRIMARY KEY,                  -- clear: a random number
    kind           TEXT NOT NULL,                      -- clear: self, bond or circle
    epoch          BIGINT NOT NULL,                    -- clear: how often the room's key has changed, from 1
    seq            BIGINT NOT NULL DEFAULT 0,          -- clear: how many lines the log has
    made_ms        BIGINT NOT NULL,                    -- clear: when it was made
    ended_ms       BIGINT                              -- clear: when it was ended
);

-- table: Who is in a room.
CREATE TABLE member (
    room_id        BYTEA NOT NULL,                     -- clear: the room
    person_id      BYTEA NOT NULL,                     -- clear: a person in it
    from_epoch     BIGINT NOT NULL,                    -- clear: the first epoch this person can read
    PRIMARY KEY (room_id, person_id)
);
CREATE INDEX member_of ON member (person_id);

-- table: The roster: signed links that say who is in a room, one for each epoch.
CREATE TABLE roster_link (
    room_id        BYTEA NOT NULL,                     -- clear: the room
    epoch          BIGINT NOT NULL,                    -- clear: the epoch that began with it
    author         BYTEA NOT NULL,                     -- clear: who signed it
    body           BYTEA NOT NULL,                     -- clear: the members' numbers and the signature
    PRIMARY KEY (room_id, epoch)
);

-- table: Envelopes: a room's key, sealed to one member.
CREATE TABLE envelope (
    room_id        BYTEA NOT NULL,                     -- clear: the room
    epoch          BIGINT NOT NULL,                    -- clear: which of its keys
    member         BYTEA NOT NULL,                     -- clear: who can open it
    author         BYTEA NOT NULL,                     -- clear: who made it
    body           BYTEA NOT NULL,                     -- sealed: the key
    PRIMARY KEY (room_id, epoch, member)
);

-- table: Entries: the lines of the rooms' logs.
CREATE TABLE entry (
    room_id        BYTEA NOT NULL,                     -- clear: the room
    seq            BIGINT NOT NULL,                    -- clear: its place in the log
    id             BYTEA NOT NULL,                     -- clear: a random number
    author         BYTEA NOT NULL,                     -- clear: who wrote it (the number stays when the account is gone; the words do not)
    epoch          BIGINT NOT NULL,                    -- clear: which of the room's keys it is sealed with
    time_ms        BIGINT NOT NULL,                    -- clear: when it reached the house
    flags          BIGINT NOT NULL DEFAULT 0,          -- clear: 1 taken back (its words are gone), 2 a line that takes another back
    body           BYTEA NOT NULL,                     -- sealed: the words, padded so that their length tells little
    PRIMARY KEY (room_id, seq)
);
CREATE UNIQUE INDEX entry_id ON entry (room_id, id);

-- table: Bonds: two people who chose each other.
CREATE TABLE bond (
    room_id        BYTEA PRIMARY KEY,                  -- clear: their room
    inviter        BYTEA NOT NULL,                     -- clear: who made the invite
    joiner         BYTEA NOT NULL,                     -- clear: who accepted it
    invite_id      BYTEA NOT NULL,                     -- clear: the invite
    answer         BYTEA NOT NULL,                     -- sealed: the joiner's name and public keys, for the inviter
    made_ms        BIGINT NOT NULL,                    -- clear: when it began
    ended_ms       BIGINT,                             -- clear: when it was ended
    ended_by       BYTEA                               -- clear: who ended it
);
CREATE INDEX bond_inviter ON bond (inviter);
CREATE INDEX bond_joiner ON bond (joiner);

-- table: The vault: a person's own settings, names for people, and keys to their links.
CREATE TABLE vault_item (
    person_id      BYTEA NOT NULL,                     -- clear: whose it is
    item_key       BYTEA NOT NULL,                     -- clear: a keyed hash of the item's name, made on the device
    version        BIGINT NOT NULL,                    -- clear: counts its changes
    body           BYTEA NOT NULL,                     -- sealed: what it holds
    PRIMARY KEY (person_id, item_key)
);
CREATE INDEX vault_version ON vault_item (person_id, version);

-- table: Blocks: whom a person no longer wants to hear from. The other is never told.
CREATE TABLE block (
    person_id      BYTEA NOT NULL,                     -- clear: who blocks
    blocked        BYTEA NOT NULL,                     -- clear: who is blocked
    made_ms        BIGINT NOT NULL,                    -- clear: since when
    PRIMARY KEY (person_id, blocked)
);
CREATE INDEX block_of ON block (blocked);
