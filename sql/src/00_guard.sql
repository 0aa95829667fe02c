\echo Use "CREATE EXTENSION pgcustsec" to load this file. \quit
