-- Everything the promises rest on, one line a fact: kind, object, detail, parted by '|'.
WITH ours AS (
    SELECT n.oid, n.nspname FROM pg_namespace n
    WHERE n.nspname IN ('guard', 'workspace', 'access', 'channel', 'work', 'audit', 'ledger', 'vault', 'intake', 'knowledge',
        'responder', 'migration', 'public')
),
relation AS (
    SELECT c.oid, o.nspname || '.' || c.relname AS name, c.relkind, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.reloptions
    FROM pg_class c JOIN ours o ON o.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
)
SELECT line FROM (
    SELECT 'role|' || rolname || '|' || concat_ws(' ',
        CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolinherit THEN 'INHERIT' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END,
        CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolcanlogin THEN 'LOGIN' END, CASE WHEN rolreplication THEN 'REPLICATION' END,
        CASE WHEN rolbypassrls THEN 'BYPASSRLS' END) AS line
    FROM pg_roles WHERE rolname LIKE 'munshi\_%'
    UNION ALL
    SELECT 'membership|' || m.rolname || '|' || r.rolname
    FROM pg_auth_members am JOIN pg_roles r ON r.oid = am.roleid JOIN pg_roles m ON m.oid = am.member
    WHERE m.rolname LIKE 'munshi\_%' OR r.rolname LIKE 'munshi\_%'
    UNION ALL
    SELECT 'owner|' || name || '|' || pg_get_userbyid(relowner) FROM relation
    UNION ALL
    SELECT 'owner|schema ' || nspname || '|' || CASE nspname WHEN 'public' THEN 'pg_database_owner' ELSE pg_get_userbyid(n.nspowner) END
    FROM pg_namespace n JOIN ours USING (oid, nspname)
    UNION ALL
    SELECT 'grant|schema ' || n.nspname || '|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC')
    FROM pg_namespace n JOIN ours USING (oid), aclexplode(n.nspacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> n.nspowner
    UNION ALL
    SELECT 'grant|' || name || '|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC')
    FROM relation, aclexplode(relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> relowner
    UNION ALL
    SELECT 'grant|' || name || '(' || att.attname || ')|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC')
    FROM relation JOIN pg_attribute att ON att.attrelid = relation.oid AND att.attnum > 0 AND NOT att.attisdropped,
        aclexplode(att.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    UNION ALL
    SELECT 'rls|' || name || '|' || CASE WHEN relrowsecurity THEN 'enabled' ELSE 'off' END || ' ' || CASE WHEN relforcerowsecurity THEN 'forced' ELSE 'not forced' END
    FROM relation WHERE relkind IN ('r', 'p')
    UNION ALL
    SELECT 'policy|' || schemaname || '.' || tablename || '|' || policyname || ' ' || permissive || ' ' || cmd || ' to ' || array_to_string(roles, ',')
        || ' using ' || coalesce(qual, '-') || ' check ' || coalesce(with_check, '-')
    FROM pg_policies WHERE schemaname IN (SELECT nspname FROM ours)
    UNION ALL
    SELECT 'trigger|' || name || '|' || CASE t.tgenabled WHEN 'A' THEN 'always' WHEN 'O' THEN 'origin' WHEN 'D' THEN 'disabled' ELSE 'replica' END
        || ' ' || pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN relation ON relation.oid = t.tgrelid WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'rule|' || name || '|' || pg_get_ruledef(r.oid)
    FROM pg_rewrite r JOIN relation ON relation.oid = r.ev_class WHERE relation.relkind IN ('r', 'p')
    UNION ALL
    SELECT 'constraint|' || name || '|' || c.conname || ' ' || CASE WHEN c.convalidated THEN '' ELSE 'not valid ' END || pg_get_constraintdef(c.oid)
    FROM pg_constraint c JOIN relation ON relation.oid = c.conrelid
    UNION ALL
    SELECT 'foreign-key-trigger|' || name || '|disabled ' || t.tgname
    FROM pg_trigger t JOIN relation ON relation.oid = t.tgrelid WHERE t.tgisinternal AND t.tgenabled = 'D'
    UNION ALL
    SELECT 'function|' || o.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')|' || pg_get_userbyid(p.proowner)
        || CASE WHEN p.prosecdef THEN ' definer' ELSE ' invoker' END || ' ' || coalesce(array_to_string(p.proconfig, ','), '-')
        || ' ' || encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex')
    FROM pg_proc p JOIN ours o ON o.oid = p.pronamespace
    UNION ALL
    SELECT 'grant|function ' || o.nspname || '.' || p.proname || '|EXECUTE to ' || coalesce(r.rolname, 'PUBLIC')
    FROM pg_proc p JOIN ours o ON o.oid = p.pronamespace,
        aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> p.proowner
    UNION ALL
    SELECT 'view|' || name || '|' || coalesce(array_to_string(reloptions, ','), '-') || ' ' || encode(sha256(convert_to(pg_get_viewdef(oid), 'UTF8')), 'hex')
    FROM relation WHERE relkind IN ('v', 'm')
) facts
ORDER BY line COLLATE "C";
