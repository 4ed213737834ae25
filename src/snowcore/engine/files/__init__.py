"""Files in stages: what PUT, LIST, GET and REMOVE do with them (`stages`), and how COPY INTO reads them (`formats`,
`copying`)."""
