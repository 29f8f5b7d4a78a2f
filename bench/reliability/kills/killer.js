// Loaded before the product (`node --require`): kills the process, as `kill -9` does, at a file operation that a plan
// names, and lets its clock run faster, so that a short painting writes as many checkpoints as a long one.
// ATELIER_KILL_PLAN: a file with a line for each process to come, `OPERATION PHASE`; each takes the first, and one without
// a line lives on.
// ATELIER_OPERATION_COUNT: a file into which the process writes the number of its operations when it ends.
'use strict';
const fs = require('node:fs');

const LAPSE = 40;
const realNow = performance.now.bind(performance);
performance.now = () => LAPSE * realNow();

const planFile = process.env.ATELIER_KILL_PLAN;
const real = { ...fs };
const [line = '', ...rest] = real.readFileSync(planFile, 'utf8').split('\n');
real.writeFileSync(planFile, rest.join('\n'));
const [at, phase] = line.split(' ');

let operations = 0;

function die() {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes at once for this process, but nothing may happen before.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/** Counts an operation; tells what is to become of it. */
function next() {
  operations += 1;
  return operations === Number(at) ? phase : 'whole';
}

/** How to do half of an operation that writes: its arguments with half of the bytes. */
const halves = {
  writeSync: ([handle, bytes, offset = 0]) => [handle, bytes, offset, (bytes.length - offset) >> 1],
  appendFileSync: ([file, text, ...more]) => [file, text.slice(0, text.length >> 1), ...more],
  writeFileSync: ([file, text, ...more]) => [file, text.slice(0, text.length >> 1), ...more],
  writeFile: ([bytes, ...more]) => [bytes.slice(0, bytes.length >> 1), ...more],
};

function wrapSync(owner, name) {
  const done = owner[name];
  owner[name] = function (...args) {
    const fate = next();
    if (fate === 'before') die();
    if (fate === 'half' && halves[name] !== undefined) done.apply(this, halves[name](args));
    if (fate === 'half') die();
    const value = done.apply(this, args);
    if (fate === 'after') die();
    return value;
  };
}

function wrapAsync(owner, name) {
  const done = owner[name];
  owner[name] = async function (...args) {
    const fate = next();
    if (fate === 'before') die();
    if (fate === 'half' && halves[name] !== undefined) await done.apply(this, halves[name](args));
    if (fate === 'half') die();
    const value = await done.apply(this, args);
    if (fate === 'after') die();
    return value;
  };
}

const synchronous = ['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync', 'linkSync', 'rmSync'];
for (const name of [...synchronous, 'mkdirSync', 'copyFileSync', 'appendFileSync', 'writeFileSync'])
  wrapSync(fs, name);

const wrappedHandles = new WeakSet();
const open = fs.promises.open;
fs.promises.open = async function (...args) {
  const handle = await open.apply(this, args);
  const kind = Object.getPrototypeOf(handle);
  if (!wrappedHandles.has(kind)) {
    wrappedHandles.add(kind);
    for (const name of ['writeFile', 'sync', 'close']) wrapAsync(kind, name);
  }
  return handle;
};
for (const name of ['open', 'rename', 'link', 'rm', 'mkdir', 'copyFile']) wrapAsync(fs.promises, name);

const countFile = process.env.ATELIER_OPERATION_COUNT;
if (countFile) process.on('exit', () => real.writeFileSync(countFile, String(operations)));
