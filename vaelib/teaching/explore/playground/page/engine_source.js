// The engine as one function, which the page calls and from whose text it makes a worker. The
// module that joins all files (`__init__.py`) puts it here.

export const ENGINE = null;
