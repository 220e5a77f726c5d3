// Reads an export with whatsapp-chat-parser: node parse.cjs FILE PASSES. Prints the first pass, the median of the later half, the messages, the peak memory.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { parseString } = require(join(process.env.MUNSHI_BENCH_PARSER, "node_modules/whatsapp-chat-parser"));

const [file, passes] = process.argv.slice(2);
const spent = [];
let count = 0;
for (let pass = 0; pass < Number(passes); pass++) {
  const start = process.hrtime.bigint();
  count = parseString(readFileSync(file, "utf8")).length;
  spent.push(Number(process.hrtime.bigint() - start) / 1e6);
}

const others = spent.slice(Math.max(1, spent.length >> 1)).sort((one, other) => one - other);
console.log(JSON.stringify({
  first: spent[0],
  median: others.length > 0 ? others[others.length >> 1] : spent[0],
  count,
  peakBytes: process.resourceUsage().maxRSS * 1024,
}));
