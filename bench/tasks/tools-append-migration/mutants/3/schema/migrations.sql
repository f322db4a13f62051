-- Every migration starts with a line "-- migration NNNN: what it does".

-- migration 0001: members
CREATE TABLE members (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT UNIQUE COLLATE NOCASE,
  phone TEXT CHECK (phone <> ''),
  joined TEXT NOT NULL DEFAULT (date('now'))
);

-- migration 0002: boats and their seats
CREATE TABLE boats (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  seats INTEGER NOT NULL CHECK (seats IN (1, 2, 4, 8))
);

-- migration 0003: outings
CREATE TABLE outings (
  id INTEGER PRIMARY KEY,
  boat INTEGER NOT NULL REFERENCES boats (id),
  started TEXT NOT NULL,
  ended TEXT,
  kilometres REAL CHECK (kilometres >= 0)
);
CREATE TABLE crew (
  outing INTEGER NOT NULL REFERENCES outings (id) ON DELETE CASCADE,
  member INTEGER NOT NULL REFERENCES members (id),
  seat INTEGER NOT NULL,
  PRIMARY KEY (outing, seat)
);

-- migration 0004: which outings are still on the water
CREATE VIEW on_the_water AS
SELECT outings.id, boats.name AS boat, outings.started
FROM outings
JOIN boats ON boats.id = outings.boat
WHERE outings.ended IS NULL;
