import GRDB

/// The tables, step by step: a step that was shipped is never changed.
///
/// Times are milliseconds since 1970. Parks are named by their name, which never changes.
enum Migrations {
  static var all: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 users") { try $0.execute(sql: users) }
    migrator.registerMigration("2 parks") { try $0.execute(sql: parks) }
    migrator.registerMigration("3 work") { try $0.execute(sql: work) }
    return migrator
  }

  private static let users = """
    CREATE TABLE user (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL COLLATE NOCASE UNIQUE,
      role TEXT NOT NULL, password TEXT NOT NULL, language TEXT NOT NULL,
      created INTEGER NOT NULL, disabled INTEGER) STRICT;
    CREATE TABLE session (
      hash BLOB PRIMARY KEY, user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
      csrf TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL) STRICT;
    CREATE INDEX session_user ON session (user);
    CREATE TABLE token (
      id INTEGER PRIMARY KEY, user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
      name TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, created INTEGER NOT NULL,
      used INTEGER, revoked INTEGER) STRICT;
    CREATE TABLE failure (
      id INTEGER PRIMARY KEY, key TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
    CREATE INDEX failure_key ON failure (key, at);
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY, at INTEGER NOT NULL, user INTEGER, who TEXT NOT NULL,
      park TEXT, action TEXT NOT NULL, subject TEXT NOT NULL, before TEXT, after TEXT) STRICT;
    CREATE INDEX audit_park ON audit (park, id);
    """

  private static let parks = """
    CREATE TABLE park (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
      example INTEGER NOT NULL, head INTEGER, created INTEGER NOT NULL) STRICT;
    CREATE TABLE version (
      id INTEGER PRIMARY KEY, park INTEGER NOT NULL REFERENCES park ON DELETE CASCADE,
      number INTEGER NOT NULL, content BLOB NOT NULL, note TEXT NOT NULL,
      author TEXT NOT NULL, created INTEGER NOT NULL, UNIQUE (park, number)) STRICT;
    CREATE TABLE access (
      user INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
      park INTEGER NOT NULL REFERENCES park ON DELETE CASCADE,
      enterprise TEXT NOT NULL DEFAULT '', PRIMARY KEY (user, park, enterprise)) STRICT;
    CREATE TABLE invitation (
      id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL,
      park INTEGER REFERENCES park ON DELETE CASCADE, enterprise TEXT NOT NULL DEFAULT '',
      note TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL,
      used INTEGER, revoked INTEGER) STRICT;
    CREATE TABLE draft (
      id TEXT PRIMARY KEY, owner INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
      park INTEGER REFERENCES park ON DELETE CASCADE, title TEXT NOT NULL,
      content BLOB NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT;
    """

  private static let work = """
    CREATE TABLE scenario (
      id TEXT PRIMARY KEY, park INTEGER NOT NULL REFERENCES park ON DELETE CASCADE,
      owner INTEGER NOT NULL REFERENCES user ON DELETE CASCADE, title TEXT NOT NULL,
      parent TEXT, changes TEXT NOT NULL, open INTEGER NOT NULL, shared INTEGER NOT NULL,
      created INTEGER NOT NULL, changed INTEGER NOT NULL) STRICT;
    CREATE INDEX scenario_park ON scenario (park, created);
    CREATE TABLE run (
      id TEXT PRIMARY KEY, park INTEGER NOT NULL REFERENCES park ON DELETE CASCADE,
      version INTEGER NOT NULL REFERENCES version, owner INTEGER NOT NULL REFERENCES user,
      request TEXT NOT NULL, status TEXT NOT NULL, error TEXT, summary TEXT, plan BLOB,
      engine TEXT NOT NULL, key TEXT, created INTEGER NOT NULL, started INTEGER,
      ended INTEGER, UNIQUE (owner, key)) STRICT;
    CREATE INDEX run_park ON run (park, created);
    CREATE INDEX run_status ON run (status);
    CREATE TABLE agreement (
      id TEXT PRIMARY KEY, park INTEGER NOT NULL REFERENCES park ON DELETE CASCADE,
      asker TEXT NOT NULL, asked TEXT NOT NULL, about TEXT NOT NULL, status TEXT NOT NULL,
      created INTEGER NOT NULL, answered INTEGER, UNIQUE (park, asker, asked)) STRICT;
    """
}
