"""Methods of resources that take more than sending one operation. The classes of `_generated` extend those here."""
