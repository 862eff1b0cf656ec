extensions = ['glance_docs_ext']
