"""python -m glance_docs_ext: the command line of `glance_docs_ext.cli`."""

from glance_docs_ext.cli import main

if __name__ == '__main__':
    raise SystemExit(main())
