ALTER TABLE tenant_host ADD CONSTRAINT tenant_host_tenant_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (id);
GRANT USAGE ON SCHEMA public TO thidua_app, thidua_platform, thidua_definer;
GRANT SELECT ON tenant, tenant_host TO thidua_app, thidua_definer;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant, tenant_host TO thidua_platform;
