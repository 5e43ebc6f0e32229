"""The shapes of REST v1, a file for each area. They only name fields: what is computed is computed in the domain."""
