import { describe, expect, it } from 'vitest';
import { columnsOf, mapByName, mapByRow, brokenRows, kindOfField, rowsOf, unmappedColumns } from './mapping';
import { formatPartitionSpec, parsePartitionSpec, valuesForKeys } from './partitionSpec';
import { columnsAt, NEW_SYNC_SCRIPT, openSync, replace, replaceAll, switchAt, switchValue, textAt, type SyncDocument } from './syncDocument';
import { tableNameOf } from './tableNameOf';

/** A script as DataWorks writes it, with things the form does not know and a layout of its own. */
const PASTED = `{"type":"job","version":"2.0",
 "steps":[
  {"stepType":"odps","category":"writer","name":"Writer","parameter":{
    "datasource":"odps_first","table":"t","partition":"ds=\${partition}","column":["k","v"],
    "truncate":"true","tunnelQuota":"q1","guid":null}},
  {"stepType":"kafka","category":"reader","name":"Reader","parameter":{
    "datasource":"kafka_src","topic":"orders",   "column":["__key__","'123'"],
    "stopWhenPollEmpty":false,"waitTIme":"60","beginOffset":9007199254740993,"kafkaConfig":{"max.poll.records":"500"}}}],
 "order":{"hops":[{"from":"Reader","to":"Writer"}]},
 "extend":{"mode":"wizard","__new__":true},
 "setting":{"errorLimit":{"record":"0"},"speed":{"throttle":false,"concurrent":3},"jvmOption":"-Xmx1g"}}`;

function open(text: string): SyncDocument {
  const opened = openSync(text);
  if (!opened.ok) throw new Error('the script does not open');
  return opened.document;
}

describe('the form as a view of the script', () => {
  it('finds reader and writer whatever their order', () => {
    const document = open(PASTED);
    expect(textAt(document, [...document.readerPath, 'topic'])).toBe('orders');
    expect(textAt(document, [...document.writerPath, 'table'])).toBe('t');
  });

  it('changes the characters of one value and nothing else', () => {
    const document = open(PASTED);
    expect(replace(document, [...document.readerPath, 'topic'], 'payments')).toBe(PASTED.replace('"orders"', '"payments"'));
  });

  it('keeps numbers that JavaScript cannot hold', () => {
    const document = open(PASTED);
    expect(replace(document, [...document.writerPath, 'table'], 'u')).toContain('9007199254740993');
  });

  it('adds and takes out a value without touching the unknown', () => {
    const document = open(PASTED);
    const path = [...document.readerPath, 'groupId'];
    const added = open(replace(document, path, 'g'));
    expect(textAt(added, path)).toBe('g');
    const removed = open(replace(added, path, undefined));
    expect(removed.value).toEqual(document.value);
  });

  it('makes settings that are not there yet', () => {
    const document = open('{"steps":[{"category":"reader"},{"category":"writer"}]}');
    const text = replaceAll(document, [
      [['setting', 'speed', 'concurrent'], 4],
      [[...document.readerPath, 'topic'], 'orders'],
    ]);
    expect(JSON.parse(text)).toMatchObject({
      setting: { speed: { concurrent: 4 } },
      steps: [{ category: 'reader', parameter: { topic: 'orders' } }, { category: 'writer' }],
    });
  });

  it('writes a switch in the spelling that the script uses', () => {
    const document = open(PASTED);
    const truncate = [...document.writerPath, 'truncate'];
    const stop = [...document.readerPath, 'stopWhenPollEmpty'];
    expect(switchAt(document, truncate, false)).toBe(true);
    expect(switchValue(document, truncate, false)).toBe('false');
    expect(switchValue(document, stop, true)).toBe(true);
    expect(switchAt(document, [...document.writerPath, 'emptyAsNull'], false)).toBe(false);
  });

  it('opens an empty script as a new one', () => {
    expect(open('  ').text).toBe(NEW_SYNC_SCRIPT);
    expect(textAt(open(''), ['steps', 0, 'parameter', 'beginDateTime'])).toBe('${startTime}');
  });

  it('names the place of a syntax error', () => {
    const opened = openSync('{\n  "steps": [,]\n}');
    expect(opened).toMatchObject({ ok: false, error: { line: 2, column: 13 } });
  });

  it('says when there are no steps', () => {
    expect(openSync('{"steps":[]}')).toEqual({ ok: false, error: 'no-steps' });
    expect(openSync('[1]')).toEqual({ ok: false, error: 'no-steps' });
  });
});

describe('the field mapping', () => {
  const table = [
    { name: 'Offset', type: 'BIGINT' },
    { name: '__value__', type: 'STRING' },
    { name: 'order_id', type: 'STRING' },
  ];

  it('goes to rows and back without loss', () => {
    const document = open(PASTED);
    const sources = columnsAt(document, document.readerPath);
    const destinations = columnsAt(document, document.writerPath);
    expect(columnsOf(rowsOf(sources, destinations))).toEqual({ sources, destinations });
  });

  it('keeps a source that has no column yet, at its place', () => {
    const rows = rowsOf(['__key__', 'a.b'], ['k']);
    expect(rows[1]).toEqual({ source: 'a.b', destination: '' });
    expect(columnsOf(rows)).toEqual({ sources: ['__key__', 'a.b'], destinations: ['k', ''] });
  });

  it('maps attributes and JSON fields by name', () => {
    expect(mapByName(table).map((row) => row.source)).toEqual(['__offset__', '__value__', 'order_id']);
  });

  it('maps by row while both sides last', () => {
    expect(mapByRow(['a', 'b'], table)).toEqual([
      { source: 'a', destination: 'Offset' },
      { source: 'b', destination: '__value__' },
    ]);
    expect(mapByRow([], table).map((row) => row.source)).toEqual(['__key__', '__value__', '__partition__']);
  });

  it('knows the columns that receive NULL, whatever the case of their letters', () => {
    expect(unmappedColumns([{ source: 'x', destination: 'OFFSET' }], table).map((c) => c.name)).toEqual(['__value__', 'order_id']);
  });

  it('marks empty sides and columns that are written twice', () => {
    const broken = brokenRows([
      { source: 'a', destination: 'x' },
      { source: 'b', destination: 'X' },
      { source: '', destination: 'y' },
    ]);
    expect([...broken]).toEqual([
      [1, 'twice'],
      [2, 'empty'],
    ]);
  });

  it.each([
    ['__headers__', 'ATTRIBUTE'],
    ["'2026'", 'CONSTANT'],
    ['d[0].AA', 'JSON'],
    ["['a.b']", 'JSON'],
  ])('reads %s as %s', (field, kind) => expect(kindOfField(field)).toBe(kind));
});

describe('the partition', () => {
  it('is read and written by key', () => {
    const spec = 'ds=${partition},hh=${hour}';
    expect(formatPartitionSpec(parsePartitionSpec(spec))).toBe(spec);
  });

  it('follows the keys of the table', () => {
    expect(valuesForKeys('hh=07', ['ds', 'HH'])).toEqual([
      { key: 'ds', value: '' },
      { key: 'hh', value: '07' },
    ]);
  });

  it('drops quotes around a value', () => expect(parsePartitionSpec("ds='2026'")).toEqual([{ key: 'ds', value: '2026' }]));
});

describe('the name in a CREATE TABLE statement', () => {
  it.each([
    ['CREATE TABLE IF NOT EXISTS orders (a STRING)', 'orders'],
    ['create table `p`.`my table` (a bigint);', 'my table'],
    ['-- a note\nCREATE TABLE shop.ods_orders\n(', 'ods_orders'],
    ['DROP TABLE x', undefined],
  ])('%j is %s', (ddl, name) => expect(tableNameOf(ddl)).toBe(name));
});
