"""Makes the files that are generated from the contracts: JSON Schemas, the AsyncAPI document, two pages of docs."""
