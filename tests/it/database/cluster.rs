//! The product's own PostgreSQL, in folders of its own: real processes, really killed.

use sqlx::{Connection, Executor, PgConnection, Row};
use stagiaire::database::cluster::{Cluster, Error};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use uuid::Uuid;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        Folder(std::env::temp_dir().join(format!("stagiaire-cluster-{}", Uuid::new_v4())))
    }

    fn postmaster(&self) -> String {
        let file = std::fs::read_to_string(self.0.join("data/postmaster.pid")).unwrap();
        file.lines().next().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn kill_hard(pid: &str) {
    assert!(Command::new("kill").args(["-9", pid]).status().unwrap().success());
}

async fn connect(cluster: &Cluster) -> PgConnection {
    PgConnection::connect_with(&cluster.options("postgres")).await.unwrap()
}

async fn kept(cluster: &Cluster) -> Vec<i32> {
    let rows = connect(cluster).await.fetch_all("select n from kept order by n").await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn what_was_committed_survives_a_stop_and_a_kill() {
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0).unwrap();
    connect(&cluster).await.execute("create table kept (n int); insert into kept values (1)").await.unwrap();

    // stopped in good order
    drop(cluster);
    assert!(!folder.0.join("data/postmaster.pid").exists());
    let cluster = Cluster::start(&folder.0).unwrap();
    connect(&cluster).await.execute("insert into kept values (2)").await.unwrap();

    // killed while we live
    kill_hard(&folder.postmaster());
    let until = Instant::now() + Duration::from_secs(10);
    while !cluster.revive().unwrap() {
        // the system needs a moment to take it away
        assert!(Instant::now() < until, "nobody missed it");
    }
    assert!(!cluster.revive().unwrap());
    assert_eq!(kept(&cluster).await, [1, 2]);

    // killed, and we went too
    connect(&cluster).await.execute("insert into kept values (3)").await.unwrap();
    kill_hard(&folder.postmaster());
    drop(cluster);
    let cluster = Cluster::start(&folder.0).unwrap();
    assert_eq!(kept(&cluster).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_postgres_left_over_by_a_killed_process_is_taken_care_of() {
    let folder = Folder::new();
    let cluster = Cluster::start(&folder.0).unwrap();
    let before = folder.postmaster();
    connect(&cluster).await.execute("create table kept (n int); insert into kept values (1)").await.unwrap();
    // as after kill -9 of the process: the lock is gone, PostgreSQL is not
    std::fs::remove_file(folder.0.join("lock")).unwrap();
    let again = Cluster::start(&folder.0).unwrap();
    assert_ne!(folder.postmaster(), before);
    assert_eq!(kept(&again).await, [1]);
    drop(again);
    drop(cluster);
}

#[test]
fn a_second_one_on_the_same_folder_is_refused() {
    let folder = Folder::new();
    let first = Cluster::start(&folder.0).unwrap();
    let Err(refused) = Cluster::start(&folder.0) else { panic!("two on one folder") };
    assert!(matches!(refused, Error::InUse { .. }), "{refused}");
    assert!(refused.remedy().contains("DATABASE_URL"));
    drop(first);
    drop(Cluster::start(&folder.0).unwrap());
}

#[test]
fn a_file_that_names_a_stranger_does_not_stop_the_start() {
    let folder = Folder::new();
    drop(Cluster::start(&folder.0).unwrap());
    // a process that lives, but is none of ours
    let file = folder.0.join("data/postmaster.pid");
    std::fs::write(&file, format!("{}\n{}\n", std::process::id(), folder.0.join("data").display())).unwrap();
    drop(Cluster::start(&folder.0).unwrap());
}

#[test]
fn data_of_another_version_is_left_alone() {
    let folder = Folder::new();
    drop(Cluster::start(&folder.0).unwrap());
    std::fs::write(folder.0.join("data/PG_VERSION"), "9\n").unwrap();
    let Err(refused) = Cluster::start(&folder.0) else { panic!("started on other data") };
    assert!(refused.to_string().contains("PostgreSQL 9"), "{refused}");
}

#[tokio::test]
async fn nobody_comes_in_without_the_password_and_a_long_path_is_no_hindrance() {
    let folder = Folder::new();
    let long = folder.0.join("x".repeat(90));
    let cluster = Cluster::start(&long).unwrap();
    connect(&cluster).await;
    let guessed = cluster.options("postgres").password("guessed");
    assert!(PgConnection::connect_with(&guessed).await.is_err());
    let mode = std::fs::metadata(long.join("password")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
