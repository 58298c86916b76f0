"""Is everything well for tonight? Small checks, each of which says what is wrong and how to mend it."""
