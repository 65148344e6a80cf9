"""What a room remembers, in one SQLite file: its classes, what they were asked, what they answered.

A write is confirmed when its transaction is on the disk. What waits meanwhile shares the next one.
"""

import asyncio
import json
import os
import secrets
import sqlite3
from datetime import UTC, datetime

SCHEMA = """
CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS classes (
    code TEXT PRIMARY KEY, name TEXT NOT NULL, begun TEXT NOT NULL, current TEXT);
CREATE TABLE IF NOT EXISTS questions (
    class TEXT NOT NULL REFERENCES classes ON DELETE CASCADE,
    number TEXT NOT NULL, phase TEXT NOT NULL, asked TEXT NOT NULL,
    PRIMARY KEY (class, number));
CREATE TABLE IF NOT EXISTS answers (
    class TEXT NOT NULL, number TEXT NOT NULL, person TEXT NOT NULL, guess TEXT NOT NULL,
    PRIMARY KEY (class, number, person),
    FOREIGN KEY (class, number) REFERENCES questions ON DELETE CASCADE) WITHOUT ROWID;
"""
# While the question is open, and only then; a later guess of the same person replaces the first.
ANSWER = """
INSERT INTO answers SELECT class, number, :person, :guess FROM questions
WHERE class = :code AND number = :number AND phase = 'open'
ON CONFLICT DO UPDATE SET guess = excluded.guess
"""
CLOSE_OTHERS = """
UPDATE questions SET phase = 'closed'
WHERE class = :code AND phase = 'open' AND number IS NOT :number
"""
CURRENT = "UPDATE classes SET current = :number WHERE code = :code"
PHASE = """
INSERT INTO questions SELECT code, :number, :phase, :now FROM classes WHERE code = :code
ON CONFLICT DO UPDATE SET phase = excluded.phase
"""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


def now():
    """The time in UTC, to the minute."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")


class Store:
    """The file. Reading is done at once, writing in a thread, one transaction after the other."""

    def __init__(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # for its owner's eyes
        self.writer, self.reader = self._connect(path), self._connect(path)
        self.writer.executescript(SCHEMA)
        self.waiting, self.writing = [], None

    @staticmethod
    def _connect(path):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")
        return connection

    def close(self):
        """Close the file."""
        self.reader.close()
        self.writer.close()

    async def write(self, *statements):
        """Run statements, (SQL, values) each, together; the last one's number of rows, once kept.

        Raises
        ------
        sqlite3.Error
            Where they could not be kept.
        """
        done = asyncio.get_running_loop().create_future()
        self.waiting.append((statements, done))
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self._write_all())
        return await done

    async def _write_all(self):
        while self.waiting:
            batch, self.waiting = self.waiting, []
            results = await asyncio.to_thread(self._transact, [each for each, _ in batch])
            for (_, done), result in zip(batch, results, strict=True):
                if done.cancelled():  # nobody waits any more
                    continue
                is_error = isinstance(result, Exception)
                (done.set_exception if is_error else done.set_result)(result)

    def _transact(self, batch):
        """The result or the error of each; on the disk before this returns."""
        try:
            self.writer.execute("BEGIN IMMEDIATE")
            results = [self._run(statements) for statements in batch]
            self.writer.execute("COMMIT")
        except sqlite3.Error as error:
            if self.writer.in_transaction:
                self.writer.execute("ROLLBACK")
            return [error] * len(batch)
        return results

    def _run(self, statements):
        return [self.writer.execute(sql, values).rowcount for sql, values in statements][-1]

    async def answer(self, code, number, person, guess):
        """Keep a guess; whether it was in time."""
        values = {"code": code, "number": number, "person": person, "guess": json.dumps(guess)}
        return await self.write((ANSWER, values)) == 1

    async def show(self, code, number, phase):
        """The class looks at this question, "open", "closed" or "measured"; or at none."""
        values = {"code": code, "number": number, "phase": phase, "now": now()}
        steps = [CLOSE_OTHERS, *([PHASE] if number else []), CURRENT]
        await self.write(*((sql, values) for sql in steps))

    async def begin(self, name):
        """A new class; its short code."""
        code = "".join(secrets.choice(LETTERS) for _ in range(5))
        sql = "INSERT INTO classes (code, name, begun) VALUES (?, ?, ?)"
        await self.write((sql, (code, name, now())))
        return code

    async def forget(self, code):
        """Delete a class and every answer of it."""
        await self.write(("DELETE FROM classes WHERE code = ?", (code,)))

    def secret(self, name):
        """A random text under that name, the same after a restart."""
        sql = "INSERT OR IGNORE INTO secrets VALUES (?, ?)"
        self.writer.execute(sql, (name, secrets.token_urlsafe(24)))
        return self.one("SELECT value FROM secrets WHERE name = ?", name)

    def rows(self, sql, *values):
        """What a question to the file finds."""
        return self.reader.execute(sql, values).fetchall()

    def one(self, sql, *values):
        """The first value that it finds, or None."""
        found = self.reader.execute(sql, values).fetchone()
        return found and found[0]

    def classes(self):
        """(code, name, begun) of every class, the newest first."""
        return self.rows("SELECT code, name, begun FROM classes ORDER BY rowid DESC")

    def phase(self, code, number):
        """Where that question stands in the class, or None."""
        return self.one("SELECT phase FROM questions WHERE class = ? AND number = ?", code, number)

    def count(self, code, number):
        """How many have answered."""
        sql = "SELECT COUNT(*) FROM answers WHERE class = ? AND number = ?"
        return self.one(sql, code, number)

    def guess(self, code, number, person):
        """What the person guessed, or None."""
        sql = "SELECT guess FROM answers WHERE class = ? AND number = ? AND person = ?"
        text = self.one(sql, code, number, person)
        return text and json.loads(text)

    def guesses(self, code, number):
        """All guesses of the class, in no order that tells who."""
        sql = "SELECT guess FROM answers WHERE class = ? AND number = ? ORDER BY guess"
        return [json.loads(text) for (text,) in self.rows(sql, code, number)]
