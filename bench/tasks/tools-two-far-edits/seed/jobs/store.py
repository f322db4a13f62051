"""Jobs in a JSON file: a list of objects, the oldest first."""

import json
from pathlib import Path


class UnknownJob(Exception):
    """There is no job with this number."""


class JobStore:
    def __init__(self, path):
        self.path = Path(path)

    def jobs(self):
        if not self.path.exists():
            return []
        return json.loads(self.path.read_text(encoding="utf-8"))

    def get(self, number):
        for job in self.jobs():
            if job["number"] == number:
                return job
        raise UnknownJob(f"there is no job {number}")

    def add(self, title, owner="", due=None):
        jobs = self.jobs()
        number = max((job["number"] for job in jobs), default=0) + 1
        job = {"number": number, "title": title, "owner": owner, "due": due, "status": "open", "notes": []}
        self._write([*jobs, job])
        return job

    def update(self, number, **fields):
        jobs = self.jobs()
        for job in jobs:
            if job["number"] == number:
                job.update(fields)
                self._write(jobs)
                return job
        raise UnknownJob(f"there is no job {number}")

    def add_note(self, number, text):
        self.update(number, notes=[*self.get(number)["notes"], text])

    def _write(self, jobs):
        self.path.write_text(json.dumps(jobs, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
