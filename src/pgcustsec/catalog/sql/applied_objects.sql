SELECT object, source_digest, present_digest, server_major FROM pgcustsec_internal.applied_object
