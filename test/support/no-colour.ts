// Imported first, keeps colours out of what the tests of a file read, wherever Jest runs.
process.env['NO_COLOR'] = '1';
