"""The command line of the workshop's job list.

    python3 -m jobs.cli --file jobs.json add "Rewind the stator" --owner mira --due 2026-03-14
    python3 -m jobs.cli --file jobs.json list --status open
    python3 -m jobs.cli --file jobs.json done 3
"""

import argparse
import datetime
import sys

from jobs.store import JobStore, UnknownJob

STATUSES = ("open", "waiting", "done")
DEFAULT_FILE = "jobs.json"


def build_parser():
    parser = argparse.ArgumentParser(prog="jobs", description="The workshop's job list.")
    parser.add_argument("--file", default=DEFAULT_FILE, help="where the jobs are kept")
    commands = parser.add_subparsers(dest="command", required=True)

    add = commands.add_parser("add", help="add a job")
    add.add_argument("title")
    add.add_argument("--owner", default="", help="who does it")
    add.add_argument("--due", type=parse_date, help="YYYY-MM-DD")

    listing = commands.add_parser("list", help="show jobs")
    listing.add_argument("--status", choices=STATUSES, help="only jobs with this status")
    listing.add_argument("--overdue", action="store_true", help="only jobs whose day has passed")
    listing.add_argument("--owner", type=str.lower, metavar="NAME", default=None)
    listing.add_argument("--today", type=parse_date, help="pretend that this is today (YYYY-MM-DD)")

    show = commands.add_parser("show", help="show one job with its notes")
    show.add_argument("number", type=int)

    done = commands.add_parser("done", help="mark a job as done")
    done.add_argument("number", type=int)

    wait = commands.add_parser("wait", help="mark a job as waiting for parts")
    wait.add_argument("number", type=int)
    wait.add_argument("--for", dest="reason", default="", help="what it waits for")

    note = commands.add_parser("note", help="add a note to a job")
    note.add_argument("number", type=int)
    note.add_argument("text")

    assign = commands.add_parser("assign", help="give a job to somebody")
    assign.add_argument("number", type=int)
    assign.add_argument("owner")

    commands.add_parser("stats", help="count jobs by status and by owner")
    return parser


def parse_date(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-03-14") from None


def describe(job):
    """One line for one job, as `list` prints it."""
    due = job["due"] or "-"
    owner = job["owner"] or "-"
    return f"{job['number']:>3}  {job['status']:<8} {due:<10}  {owner:<10} {job['title']}"


def is_overdue(job, today):
    return job["status"] != "done" and job["due"] is not None and job["due"] < today.isoformat()


def print_notes(job):
    if not job["notes"]:
        print("     no notes")
    for text in job["notes"]:
        print(f"     * {text}")


def plural(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def command_add(store, args):
    due = args.due.isoformat() if args.due else None
    job = store.add(args.title, owner=args.owner, due=due)
    print(f"added {job['number']}")
    return 0


def command_show(store, args):
    job = store.get(args.number)
    print(describe(job))
    print_notes(job)
    return 0


def command_done(store, args):
    job = store.get(args.number)
    if job["status"] == "done":
        print(f"{args.number} was done already")
        return 0
    store.update(args.number, status="done")
    print(f"done: {job['title']}")
    return 0


def command_wait(store, args):
    job = store.get(args.number)
    store.update(args.number, status="waiting")
    if args.reason:
        store.add_note(args.number, f"waits for {args.reason}")
    print(f"waiting: {job['title']}")
    return 0


def command_note(store, args):
    store.add_note(args.number, args.text)
    job = store.get(args.number)
    print(f"{args.number} has {plural(len(job['notes']), 'note')}")
    return 0


def command_assign(store, args):
    job = store.update(args.number, owner=args.owner)
    print(f"{args.owner}: {job['title']}")
    return 0


def command_stats(store, args):
    by_status = dict.fromkeys(STATUSES, 0)
    by_owner = {}
    for job in store.jobs():
        by_status[job["status"]] += 1
        if job["status"] != "done":
            owner = job["owner"] or "nobody"
            by_owner[owner] = by_owner.get(owner, 0) + 1
    for status, count in by_status.items():
        print(f"{status:<8} {count}")
    for owner in sorted(by_owner):
        print(f"  {owner}: {plural(by_owner[owner], 'job')} to do")
    return 0


def command_list(store, args):
    today = args.today or datetime.date.today()
    found = store.jobs()
    if args.status:
        found = [job for job in found if job["status"] == args.status]
    if args.owner:
        found = list(filter(lambda job: job["owner"].lower() == args.owner, found))
    if args.overdue:
        found = [job for job in found if is_overdue(job, today)]
    if not found:
        print("no jobs")
        return 0
    for job in sorted(found, key=lambda job: (job["due"] or "9999-12-31", job["number"])):
        print(describe(job))
    print(plural(len(found), "job"))
    return 0


COMMANDS = {
    "add": command_add,
    "list": command_list,
    "show": command_show,
    "done": command_done,
    "wait": command_wait,
    "note": command_note,
    "assign": command_assign,
    "stats": command_stats,
}


def main(argv=None):
    args = build_parser().parse_args(argv)
    store = JobStore(args.file)
    try:
        return COMMANDS[args.command](store, args)
    except UnknownJob as error:
        print(f"jobs: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
