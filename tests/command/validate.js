#!/usr/bin/env node
// SPDX-License-Identifier: GPL-2.0-only
// validate.js SCHEMA FILE...: each JSON file against a schema, with ajv. Debian's
// modules are found where NODE_PATH is /usr/share/nodejs.
"use strict";
const fs = require("fs");
const Ajv = require("ajv");

const read = (name) => JSON.parse(fs.readFileSync(name, "utf8"));
const [schema, ...files] = process.argv.slice(2);
const check = new Ajv({ allErrors: true }).compile(read(schema));

for (const file of files) {
	if (check(read(file)))
		continue;
	for (const error of check.errors.slice(0, 10))
		console.error(`${file}: ${error.dataPath || "."} ${error.message} ` +
			JSON.stringify(error.params));
	process.exitCode = 1;
}
