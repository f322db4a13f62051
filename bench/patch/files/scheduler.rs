//! Runs jobs at their time, one after the other, and remembers how they ended.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};
use std::fmt;
use std::time::Duration;

/// How often a job that failed is tried again.
const MOST_ATTEMPTS: u32 = 3;

/// Seconds between two attempts, doubled each time.
const FIRST_PAUSE: u64 = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    Waiting,
    Running,
    Done,
    Failed(String),
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            State::Waiting => write!(f, "waiting"),
            State::Running => write!(f, "running"),
            State::Done => write!(f, "done"),
            State::Failed(reason) => write!(f, "failed: {}", reason),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: u64,
    pub name: String,
    pub due: u64,
    pub attempts: u32,
    pub state: State,
}

impl Job {
    pub fn new(id: u64, name: &str, due: u64) -> Self {
        Job {
            id,
            name: name.to_string(),
            due,
            attempts: 0,
            state: State::Waiting,
        }
    }

    /// Whether the job will not run again.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Done | State::Failed(_))
    }
}

impl Ord for Job {
    fn cmp(&self, other: &Self) -> Ordering {
        // The heap gives the greatest first, and the earliest is due first.
        other
            .due
            .cmp(&self.due)
            .then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Job {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[derive(Default)]
pub struct Scheduler {
    queue: BinaryHeap<Job>,
    finished: HashMap<u64, Job>,
    next_id: u64,
    now: u64,
}

impl Scheduler {
    pub fn new() -> Self {
        Self::default()
    }

    /// Put a job into the queue, due in `delay` seconds.
    pub fn add(&mut self, name: &str, delay: u64) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        self.queue.push(Job::new(id, name, self.now + delay));
        id
    }

    /// Let `seconds` pass, without running anything.
    pub fn advance(&mut self, seconds: u64) {
        self.now += seconds;
    }

    /// Run what is due. Returns how many jobs ended well.
    pub fn run_due<F>(&mut self, mut work: F) -> usize
    where
        F: FnMut(&Job) -> Result<(), String>,
    {
        let mut done = 0;
        while let Some(job) = self.queue.peek() {
            if job.due > self.now {
                break;
            }
            let mut job = self.queue.pop().expect("peeked");
            job.attempts += 1;
            job.state = State::Running;
            match work(&job) {
                Ok(()) => {
                    job.state = State::Done;
                    done += 1;
                    self.finished.insert(job.id, job);
                }
                Err(reason) if job.attempts >= MOST_ATTEMPTS => {
                    job.state = State::Failed(reason);
                    self.finished.insert(job.id, job);
                }
                Err(_) => {
                    job.state = State::Waiting;
                    job.due = self.now + pause_after(job.attempts).as_secs();
                    self.queue.push(job);
                }
            }
        }
        done
    }

    /// Drop a job that has not run yet.
    pub fn cancel(&mut self, id: u64) -> bool {
        let before = self.queue.len();
        let kept: Vec<Job> = self.queue.drain().filter(|job| job.id != id).collect();
        self.queue.extend(kept);
        self.queue.len() < before
    }

    pub fn state_of(&self, id: u64) -> Option<&State> {
        if let Some(job) = self.finished.get(&id) {
            return Some(&job.state);
        }
        self.queue.iter().find(|job| job.id == id).map(|job| &job.state)
    }

    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    pub fn failed(&self) -> Vec<&Job> {
        let mut jobs: Vec<&Job> = self
            .finished
            .values()
            .filter(|job| matches!(job.state, State::Failed(_)))
            .collect();
        jobs.sort_by_key(|job| job.id);
        jobs
    }

    pub fn done(&self) -> Vec<&Job> {
        let mut jobs: Vec<&Job> = self
            .finished
            .values()
            .filter(|job| matches!(job.state, State::Done))
            .collect();
        jobs.sort_by_key(|job| job.id);
        jobs
    }
}

fn pause_after(attempts: u32) -> Duration {
    Duration::from_secs(FIRST_PAUSE << attempts.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_run_in_order() {
        let mut scheduler = Scheduler::new();
        scheduler.add("late", 20);
        scheduler.add("early", 10);
        scheduler.advance(30);
        let mut seen = Vec::new();
        scheduler.run_due(|job| {
            seen.push(job.name.clone());
            Ok(())
        });
        assert_eq!(seen, vec!["early", "late"]);
    }

    #[test]
    fn a_job_that_is_not_due_waits() {
        let mut scheduler = Scheduler::new();
        let id = scheduler.add("late", 20);
        scheduler.advance(10);
        assert_eq!(scheduler.run_due(|_| Ok(())), 0);
        assert_eq!(scheduler.state_of(id), Some(&State::Waiting));
    }

    #[test]
    fn a_job_fails_after_some_attempts() {
        let mut scheduler = Scheduler::new();
        let id = scheduler.add("broken", 0);
        for _ in 0..MOST_ATTEMPTS {
            scheduler.run_due(|_| Err("no \"luck\"\n".to_string()));
            scheduler.advance(60);
        }
        assert!(scheduler.state_of(id).is_some());
        assert_eq!(scheduler.failed().len(), 1);
    }
}
