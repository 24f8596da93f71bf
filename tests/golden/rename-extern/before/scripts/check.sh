#!/bin/sh
grep -w area "$1"
