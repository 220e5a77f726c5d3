-- Everything the promises rest on, one line a fact: kind, object, detail, parted by '|'.
WITH ours AS (
    SELECT n.oid, n.nspname FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
relation AS (
    SELECT c.oid, o.nspname || '.' || c.relname AS name, c.relkind, c.relowner, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.reloptions
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
        || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END
    FROM pg_namespace n JOIN ours USING (oid), aclexplode(n.nspacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> n.nspowner
    UNION ALL
    SELECT 'grant|' || name || '|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC')
        || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END
    FROM relation, aclexplode(relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> relowner
    UNION ALL
    SELECT 'grant|' || name || '(' || att.attname || ')|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC')
        || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END
    FROM relation JOIN pg_attribute att ON att.attrelid = relation.oid AND att.attnum > 0 AND NOT att.attisdropped,
        aclexplode(att.attacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    UNION ALL
    SELECT 'grant|database|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC') || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END
    FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE d.datname = current_database() AND a.grantee <> d.datdba AND r.rolname IS DISTINCT FROM 'munshi_owner'
    UNION ALL
    SELECT 'grant|parameter ' || p.parname || '|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC')
    FROM pg_parameter_acl p, aclexplode(p.paracl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee = 0 OR r.rolname LIKE 'munshi\_%'
    UNION ALL
    SELECT 'grant|default ' || d.defaclobjtype::text || '|' || a.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC') || ' by ' || pg_get_userbyid(d.defaclrole)
    FROM pg_default_acl d, aclexplode(d.defaclacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> d.defaclrole
    UNION ALL
    SELECT 'setting|' || coalesce(r.rolname, 'everyone') || '|' || setting.line
    FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) AS setting (line)
    WHERE (s.setdatabase = 0 OR s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND (s.setrole = 0 OR r.rolname LIKE 'munshi\_%')
    AND lower(split_part(setting.line, '=', 1)) ~ '^(munshi\.|role$|session_authorization$|session_replication_role$|row_security$|search_path$|synchronous_commit$|.*_preload_libraries$|transform_null_equals$|zero_damaged_pages$|ignore_checksum_failure$)'
    UNION ALL
    SELECT 'table|' || name || '|' || CASE relpersistence WHEN 'p' THEN 'permanent' WHEN 'u' THEN 'unlogged' ELSE 'temporary' END
    FROM relation WHERE relkind IN ('r', 'p')
    UNION ALL
    SELECT 'column|' || name || '|' || att.attname || ' ' || format_type(att.atttypid, att.atttypmod) || CASE WHEN att.attnotnull THEN ' not null' ELSE '' END
        || CASE att.attidentity WHEN 'a' THEN ' identity always' WHEN 'd' THEN ' identity by default' ELSE '' END
        || coalesce(' default ' || pg_get_expr(def.adbin, def.adrelid), '')
    FROM relation JOIN pg_attribute att ON att.attrelid = relation.oid AND att.attnum > 0 AND NOT att.attisdropped
    LEFT JOIN pg_attrdef def ON def.adrelid = att.attrelid AND def.adnum = att.attnum
    WHERE relkind IN ('r', 'p')
    UNION ALL
    SELECT 'event-trigger|' || evtname || '|' || evtevent FROM pg_event_trigger
    UNION ALL
    SELECT 'publication|' || pubname || '|' FROM pg_publication
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
    WHERE c.contype <> 'n' -- from version 18 on also NOT NULL, which stands with its column
    UNION ALL
    SELECT 'foreign-key-trigger|' || name || '|not enabled ' || t.tgname
    FROM pg_trigger t JOIN relation ON relation.oid = t.tgrelid WHERE t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')
    UNION ALL
    SELECT 'function|' || o.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')|' || pg_get_userbyid(p.proowner)
        || CASE WHEN p.prosecdef THEN ' definer' ELSE ' invoker' END || CASE WHEN p.proleakproof THEN ' leakproof' ELSE '' END
        || ' ' || l.lanname || ' ' || coalesce(array_to_string(p.proconfig, ','), '-')
        || ' ' || encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex')
    FROM pg_proc p JOIN pg_namespace o ON o.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE p.oid >= 16384 -- not made by initdb, whatever the schema
    UNION ALL
    SELECT 'grant|function ' || o.nspname || '.' || p.proname || '|EXECUTE to ' || coalesce(r.rolname, 'PUBLIC')
        || CASE WHEN a.is_grantable THEN ' with grant option' ELSE '' END
    FROM pg_proc p JOIN ours o ON o.oid = p.pronamespace,
        aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE a.grantee <> p.proowner
    UNION ALL
    SELECT 'view|' || name || '|' || coalesce(array_to_string(reloptions, ','), '-') || ' ' || encode(sha256(convert_to(pg_get_viewdef(oid), 'UTF8')), 'hex')
    FROM relation WHERE relkind IN ('v', 'm')
) facts
ORDER BY line COLLATE "C";
