project = 'hello'
extensions = ['glance_docs_ext']
