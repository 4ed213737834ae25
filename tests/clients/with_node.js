// Node's driver: values, binds, streams, errors, later, files.

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const snowflake = require('snowflake-sdk');

snowflake.configure({ logLevel: 'OFF', additionalLogToConsole: false });
const connections = fs.readFileSync(path.join(process.env.SNOWFLAKE_HOME, "connections.toml"), "utf8").split("\n");
const entry = Object.fromEntries(
  connections.slice(connections.indexOf("[myconnection]") + 1).filter((line) => line.includes(" = "))
    .map((line) => line.split(" = ")).reverse().map(([name, value]) => [name, JSON.parse(value)]));
const connection = snowflake.createConnection({ ...entry, username: entry.user, accessUrl: `http://${entry.host}:${entry.port}` });
const check = async (what, act) => {
  try {
    await act();
    console.log(`passed: ${what}`);
  } catch (error) {
    console.log(`failed: ${what} | ${String(error.message).split('\n')[0]}`);
    console.error(error);
  }
};

const execute = (sqlText, binds, more = {}) =>
  new Promise((resolve, reject) => {
    const complete = (error, statement, rows) => (error ? reject(error) : resolve(Object.assign(rows ?? [], { statement })));
    connection.execute({ sqlText, binds, complete, ...more });
  });
const fails = async (sqlText, number, state) => {
  await assert.rejects(execute(sqlText), (error) => {
    assert.deepStrictEqual([Number(error.code), error.sqlState], [number, state], `${sqlText}: ${error.message}`);
    return true;
  });
};

async function main() {
  await new Promise((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  assert.ok(connection.isUp());
  await execute('create database d');
  await execute('create warehouse w');

  await check('values of all types', async () => {
    const [row] = await execute(`select 1 as i, 1.5::number(10,2) as n, 1.25::float as f, 'it''s ö' as v, true as b, null as nothing,
      '2020-01-02'::date as d, '03:04:05.5'::time as t, '1969-12-31 23:59:59.5'::timestamp_ntz as ts,
    '2024-01-02 03:04:05 +0300'::timestamp_tz as tz, to_binary('00ff', 'hex') as bin, parse_json('{"a": [1, "x"]}') as j,
      array_construct(1, 2) as a, 12345678901234567890123456789012345678::number(38,0) as big`);
    assert.deepStrictEqual([row.I, row.N, row.F, row.V, row.B, row.NOTHING], [1, 1.5, 1.25, "it's ö", true, null]);
    assert.strictEqual(new Date(row.D).toISOString(), '2020-01-02T00:00:00.000Z');
    assert.ok(String(row.T).startsWith('03:04:05'), row.T);
    assert.strictEqual(new Date(row.TS).toISOString(), '1969-12-31T23:59:59.500Z');
    assert.strictEqual(new Date(row.TZ).toISOString(), '2024-01-02T00:04:05.000Z');
    assert.deepStrictEqual([...row.BIN], [0, 255]);
    assert.deepStrictEqual([row.J, row.A], [{ a: [1, 'x'] }, [1, 2]]);
    assert.ok(Math.abs(row.BIG / 1.2345678901234568e37 - 1) < 1e-9);
  });

  await check('binds, 500 rows at once', async () => {
    await execute('create table t (i int, v varchar, b boolean, at timestamp_ntz)');
    const many = Array.from({ length: 500 }, (_, n) => [n, `x${n}`, n % 2 === 0, '2020-01-01 00:00:00']);
    const inserted = await execute('insert into t values (?, ?, ?, ?)', many);
    assert.strictEqual(inserted.statement.getNumUpdatedRows(), 500);
    assert.deepStrictEqual(await execute('select v from t where i = ? and v = ?', [7, 'x7']).then((rows) => rows.map((r) => r.V)), ['x7']);
    assert.deepStrictEqual(await execute('select :1 as a, :2 as b', ["it's", 2]).then((rows) => [rows[0].A, rows[0].B]), ["it's", 2]);
    const updated = await execute('update t set v = null where i < 10');
    assert.strictEqual(updated.statement.getNumUpdatedRows(), 10);
    assert.deepStrictEqual(updated.statement.getColumns().map((column) => column.getName())[0], 'number of rows updated');
  });

  await check('streams, 50,000 rows', async () => {
    const statement = connection.execute({ sqlText: 'select i, v from t order by i', streamResult: true });
    const streamed = await new Promise((resolve, reject) => {
      const rows = [];
      statement.streamRows({ start: 5, end: 300 }).on('error', reject).on('data', (one) => rows.push(one.I)).on('end', () => resolve(rows));
    });
    assert.deepStrictEqual([streamed.length, streamed[0], streamed[295]], [296, 5, 300]);
    assert.strictEqual(statement.getNumRows(), 500);
    assert.deepStrictEqual(statement.getColumns().map((column) => [column.getName(), column.getType()]), [['I', 'fixed'], ['V', 'text']]);
    await execute('create table big as select seq4() as i from table(generator(rowcount => 50000))');
    assert.strictEqual((await execute('select * from big')).length, 50000);
  });

  await check('errors', async () => {
    await fails('selec 1', 1003, '42000');
    await fails('select * from nope', 2003, '42S02');
    await fails('select 1 / 0', 100051, '22012');
    await fails('create table t (i int)', 2002, '42710');
  });

  await check('transactions, several statements', async () => {
    await execute('begin');
    await execute('delete from t');
    await execute('rollback');
    assert.strictEqual((await execute('select count(*) as n from t'))[0].N, 500);
    const several = await execute("alter session set multi_statement_count = 0").then(() => execute('select 1 as a; select 2 as b'));
    assert.deepStrictEqual({ ...several[0] }, { A: 1 });
    await execute('alter session unset multi_statement_count');
  });

  await check('later, and stopped', async () => {
    const later = await execute('select 42 as a', [], { asyncExec: true });
    const id = later.statement.getQueryId();
    while (connection.isStillRunning(await connection.getQueryStatus(id))) await new Promise((go) => setTimeout(go, 20));
    const found = await connection.getResultsFromQueryId({ queryId: id });
    const rows = await new Promise((resolve, reject) => {
      const all = [];
      found.streamRows().on('error', reject).on('data', (one) => all.push(one.A)).on('end', () => resolve(all));
    });
    assert.deepStrictEqual(rows, [42]);
    const sleeping = connection.execute({ sqlText: 'select system$wait(60)', complete: () => {} });
    await new Promise((go) => setTimeout(go, 300));
    await new Promise((resolve, reject) => sleeping.cancel((error) => (error ? reject(error) : resolve())));
    assert.strictEqual((await execute('select 1 as a'))[0].A, 1);
  });

  await check('PUT, COPY INTO, GET', async () => {
    fs.writeFileSync('a.csv', '1,x\n2,y\n');
    await execute('create stage st');
    const here = process.cwd();
    const [put] = await execute(`put file://${here}/a.csv @st/in`);
    assert.strictEqual(put.status, 'UPLOADED');
    await execute('create table loaded (i int, v varchar)');
    await execute('copy into loaded from @st file_format = (type = csv)');
    assert.deepStrictEqual((await execute('select * from loaded order by i')).map((one) => [one.I, one.V]), [[1, 'x'], [2, 'y']]);
    fs.mkdirSync('out');
    const [got] = await execute(`get @st/in/a.csv.gz file://${here}/out/`);
    assert.strictEqual(got.status, 'DOWNLOADED');
    assert.ok(fs.statSync(path.join('out', 'a.csv.gz')).size > 0);
  });

  await new Promise((resolve) => connection.destroy(resolve));
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
