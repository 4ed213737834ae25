// What code in JavaScript sees of Snowflake, and what calls it. The last value is what the worker process calls:
// a word and JSON go in, JSON comes out: {value}, or {code, text} of an error.
(() => {
  "use strict";
  const asked = globalThis.__ask;
  delete globalThis.__ask;
  const log = () => undefined;
  const evaluate = globalThis.eval;
  const MOMENTS = ["DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"];
  const FACTS = ["QueryId", "RowCount", "NumRowsAffected", "NumRowsInserted", "NumRowsUpdated", "NumRowsDeleted"];
  let program, code;

  class SfDate extends Date {
    #nanoseconds; #scale; #offset;
    constructor(moment, beyond) {
      super(moment);
      const here = [this.getUTCMilliseconds() * 1000000, 3, -this.getTimezoneOffset()];
      [this.#nanoseconds, this.#scale, this.#offset] = here.map((one, at) => beyond?.[at] ?? one);
    }
    getEpochSeconds() { return Math.floor(this.getTime() / 1000); }
    getNanoSeconds() { return this.#nanoseconds; }
    getScale() { return this.#scale; }
    getTimezone() { return this.#offset; }
    toString() { return super.toString() + (this.getTimezoneOffset() ? "" : " (Coordinated Universal Time)"); }
  }

  // Values

  const take = (kind, value, Moment = Date, beyond = undefined) => {
    if (value === null) return undefined;
    if (MOMENTS.includes(kind)) return Moment === Date ? new Date(value) : new Moment(value, beyond);
    switch (kind) {
      case "NUMBER": case "DECIMAL": return Number(value);
      case "FLOAT": return value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value);
      case "BINARY": return Uint8Array.from(value);
      case "VARIANT": case "OBJECT": case "ARRAY": return JSON.parse(value);
      default: return value;
    }
  };

  const unfit = (kind, value) => {
    throw new TypeError(`the value ${String(value)} can't be cast to ${kind}`);
  };

  const give = (kind, value) => {
    if (value === undefined || (value === null && kind !== "VARIANT")) return null;
    if (MOMENTS.includes(kind)) {
      const moment = value instanceof Date ? value.getTime() : Date.parse(value);
      return Number.isNaN(moment) ? unfit(kind, value) : moment;
    }
    switch (kind) {
      case "FLOAT": {
        if (typeof value === "object") unfit(kind, value);
        const made = Number(value);
        if (Number.isNaN(made) && typeof value !== "number") unfit(kind, value);
        return Number.isFinite(made) ? String(made) : Number.isNaN(made) ? "nan" : made > 0 ? "inf" : "-inf";
      }
      case "BOOLEAN":
        if (typeof value === "boolean" || typeof value === "number") return value ? "true" : "false";
        return /^(true|false)$/i.test(value) ? value.toLowerCase() : unfit(kind, value);
      case "BINARY": return value instanceof Uint8Array ? Array.from(value) : unfit(kind, value);
      case "ARRAY": return Array.isArray(value) ? JSON.stringify(value) : unfit(kind, value);
      case "OBJECT":
        return typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : unfit(kind, value);
      case "VARIANT": {
        const made = JSON.stringify(value);
        return made === undefined ? null : made;
      }
      default: return typeof value === "object" && !(value instanceof Date) ? JSON.stringify(value) : String(value);
    }
  };

  const arguments_ = (row) => row.map((value, at) => take(program.takes[at], value));

  // Where in the user's code an error is: lines and positions, the innermost first.
  const places = (error) => [...String(error.stack).matchAll(/<input>:(\d+):(\d+)/g)]
    .map(([, line, position]) => [Number(line), Number(position)]).filter(([line]) => line < 1000000);

  // Procedures

  const ask = (what) => {
    const told = JSON.parse(asked(JSON.stringify(what)));
    if (told.error) {
      const error = new Error(told.error.message);
      error.code = Number(told.error.code);
      error.state = told.error.state;
      const [place] = places(error);
      error.stackTraceTxt = "At Snowflake.execute" + (place ? `, line ${place[0]} position ${place[1]}` : "");
      error.fromSql = true;
      throw error;
    }
    return told;
  };

  const bound = (value) => {
    if (value === undefined || value === null) return null;
    if (value instanceof Date) return { moment: value.getTime() };
    if (["number", "string", "boolean"].includes(typeof value)) return value;
    throw new Error(`Invalid binds argument ${String(value)}. Error: Unsupported type for binding argument.`);
  };

  class ResultSet {
    #told; #at = -1;
    constructor(told) { this.#told = told; }
    #column(which) {
      const names = this.#told.columns;
      const at = typeof which === "number" ? which - 1
        : names.findIndex((one) => one.name === String(which).toUpperCase() || one.name === which);
      if (!(at in names)) throw new Error(`Given column name/index does not exist: ${which}`);
      return at;
    }
    #row() {
      const row = this.#told.rows[this.#at];
      if (!row) throw new Error("ResultSet is empty or not prepared, call next() first");
      return row;
    }
    next() { return ++this.#at < this.#told.rows.length; }
    getColumnValue(which) {
      const at = this.#column(which), value = this.#row()[at];
      return value === null ? null : take(this.#told.columns[at].kind, value, SfDate, this.#told.moments[this.#at][at]);
    }
    getColumnValueAsString(which) {
      const at = this.#column(which);
      this.#row();
      return this.#told.texts[this.#at][at];
    }
    getColumnCount() { return this.#told.columns.length; }
    static {
      const told = { Name: "name", Type: "type", Scale: "scale", SqlType: "sqlType" };
      for (const [word, field] of Object.entries(told)) {
        this.prototype[`getColumn${word}`] = function (which) { return this.#told.columns[this.#column(which)][field]; };
      }
      for (const word of FACTS) this.prototype[`get${word}`] = function () { return this.#told[word]; };
    }
    isColumnNullable(which) { return this.#told.columns[this.#column(which)].nullable; }
  }

  class Statement {
    #text; #binds; #told = null; #result = null;
    constructor(command) {
      const given = typeof command === "string" ? { sqlText: command } : command;
      if (!given || typeof given.sqlText !== "string" || !given.sqlText.trim()) {
        throw new Error("Statement parameter sqlText is empty or missing");
      }
      this.#text = given.sqlText;
      this.#binds = (given.binds || []).map(bound);
    }
    #ran() {
      if (!this.#told) throw new Error("Statement has not been executed yet.");
      return this.#result;
    }
    execute() {
      this.#told = ask({ sql: this.#text, binds: this.#binds });
      this.#result = new ResultSet(this.#told);
      return this.#result;
    }
    getSqlText() { return this.#text; }
    static {
      const facts = FACTS.map((word) => `get${word}`);
      const columns = ["Count", "Name", "Type", "Scale", "SqlType"].map((word) => `getColumn${word}`);
      for (const name of [...facts, ...columns, "isColumnNullable"]) {
        this.prototype[name] = function (...given) { return this.#ran()[name](...given); };
      }
    }
    getNumDuplicateRowsUpdated() { return 0; }
  }

  const snowflake = {
    createStatement: (command) => new Statement(command),
    execute: (command) => new Statement(command).execute(),
    log, setSpanAttribute: log, addEvent: log,
  };

  // Calls

  const load = (given) => {
    program = given;
    if (program.columns) {
      code = evaluate(`(${program.source}\n)`);
      return;
    }
    code = evaluate(`(function (${program.names}) {${program.source}\n})`);
  };

  const values = (rows) => rows.map((row) => give(program.gives[0], code(...arguments_(row))));

  const rows = (partition) => {
    const made = [];
    const named = (row) => Object.fromEntries(program.names.map((name, at) => [name, row[at]]));
    const writer = (at) => ({
      writeRow: (row) => {
        made.push([at, ...program.columns.map((name, column) => give(program.gives[column], row[name]))]);
      },
    });
    const context = {};
    const told = Object.fromEntries(program.names.map((name, at) => [name, { type: program.takes[at], isConst: false }]));
    if (code.initialize) code.initialize(told, context);
    partition.forEach((row, at) => code.processRow && code.processRow(named(arguments_(row)), writer(at), context));
    if (code.finalize) code.finalize(writer(null), context);
    return made;
  };

  const call = (row) => {
    globalThis.snowflake = snowflake;
    globalThis.SfDate = SfDate;
    return give(program.gives[0], code(...arguments_(row)));
  };

  const failed = (error, loading) => {
    const isError = error instanceof Error;
    if (isError && error.fromSql) {
      const text = `Execution error in store procedure ${program.name}:\n${error.message}\n${error.stackTraceTxt}`;
      return { code: "100183", text };
    }
    const said = isError ? `${error.name}: ${error.message}` : String(error);
    const lines = isError ? places(error).map(([line]) => `${program.name} line: ${line}`) : [];
    const where = lines.length ? `\nstackstrace: \n${lines.join("\n")}` : "";
    return loading
      ? { code: "100131", text: `JavaScript compilation error: Uncaught ${said} in ${program.name}` }
      : { code: "100132", text: `JavaScript execution error: Uncaught ${said} in ${program.name}${where}` };
  };

  const doing = { load, values, rows, call };
  return (word, given) => {
    try {
      const value = doing[word](JSON.parse(given));
      return JSON.stringify({ value: value === undefined ? null : value });
    } catch (error) {
      return JSON.stringify(failed(error, word === "load"));
    }
  };
})()
