pytest_plugins = ['glance_docs_ext.testing.plugin']
