--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: dbos; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA dbos;


--
-- Name: enqueue_workflow(text, text, json[], json, text, text, text, text, bigint, bigint, text, integer, text, text, text, bigint, text); Type: FUNCTION; Schema: dbos; Owner: -
--

CREATE FUNCTION dbos.enqueue_workflow(workflow_name text, queue_name text, positional_args json[] DEFAULT ARRAY[]::json[], named_args json DEFAULT '{}'::json, class_name text DEFAULT NULL::text, config_name text DEFAULT NULL::text, workflow_id text DEFAULT NULL::text, app_version text DEFAULT NULL::text, timeout_ms bigint DEFAULT NULL::bigint, deadline_epoch_ms bigint DEFAULT NULL::bigint, deduplication_id text DEFAULT NULL::text, priority integer DEFAULT NULL::integer, queue_partition_key text DEFAULT NULL::text, authenticated_user text DEFAULT NULL::text, authenticated_roles text DEFAULT NULL::text, delay_until_epoch_ms bigint DEFAULT NULL::bigint, application_name text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_workflow_id TEXT;
    v_serialized_inputs TEXT;
    v_owner_xid TEXT;
    v_now BIGINT;
    v_recovery_attempts INT4 := 0;
    v_priority INT4;
    v_status TEXT;
BEGIN

    -- Validate required parameters
    IF workflow_name IS NULL OR workflow_name = '' THEN
        RAISE EXCEPTION 'Workflow name cannot be null or empty';
    END IF;
    IF queue_name IS NULL OR queue_name = '' THEN
        RAISE EXCEPTION 'Queue name cannot be null or empty';
    END IF;
    IF named_args IS NOT NULL AND jsonb_typeof(named_args::jsonb) != 'object' THEN
        RAISE EXCEPTION 'Named args must be a JSON object';
    END IF;
    IF workflow_id IS NOT NULL AND workflow_id = '' THEN
        RAISE EXCEPTION 'Workflow ID cannot be an empty string if provided.';
    END IF;
    IF delay_until_epoch_ms IS NOT NULL AND delay_until_epoch_ms < 0 THEN
        RAISE EXCEPTION 'delay_until_epoch_ms must be >= 0';
    END IF;

    v_workflow_id := COALESCE(workflow_id, gen_random_uuid()::TEXT);
    v_owner_xid := gen_random_uuid()::TEXT;
    v_priority := COALESCE(priority, 0);
    v_serialized_inputs := json_build_object(
        'positionalArgs', positional_args,
        'namedArgs', named_args
    )::TEXT;
    v_now := EXTRACT(epoch FROM now()) * 1000;
    v_status := CASE WHEN delay_until_epoch_ms IS NULL THEN 'ENQUEUED' ELSE 'DELAYED' END;

    INSERT INTO "dbos".workflow_status (
        workflow_uuid, status,
        name, class_name, config_name,
        queue_name, deduplication_id, priority, queue_partition_key,
        application_version,
        created_at, updated_at, recovery_attempts,
        workflow_timeout_ms, workflow_deadline_epoch_ms,
        parent_workflow_id, owner_xid, serialization,
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    ) VALUES (
        v_workflow_id, v_status,
        workflow_name, class_name, config_name,
        queue_name, deduplication_id, v_priority, queue_partition_key,
        app_version,
        v_now, v_now, v_recovery_attempts,
        timeout_ms, deadline_epoch_ms,
        NULL, v_owner_xid, 'portable_json',
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    )
    ON CONFLICT (workflow_uuid)
    DO UPDATE SET
        updated_at = EXCLUDED.updated_at;

    INSERT INTO "dbos".workflow_input (
        workflow_uuid, inputs, retention_timestamp
    ) VALUES (
        v_workflow_id, v_serialized_inputs, v_now
    )
    ON CONFLICT (workflow_uuid) DO NOTHING;

    RETURN v_workflow_id;

EXCEPTION
    WHEN unique_violation THEN
        RAISE EXCEPTION 'DBOS queue duplicated'
            USING DETAIL = format('Workflow %s with queue %s and deduplication ID %s already exists', v_workflow_id, queue_name, deduplication_id),
                ERRCODE = 'unique_violation';
END;
$$;


--
-- Name: send_message(text, json, text, text); Type: FUNCTION; Schema: dbos; Owner: -
--

CREATE FUNCTION dbos.send_message(destination_id text, message json, topic text DEFAULT NULL::text, message_id text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_topic TEXT := COALESCE(topic, '__null__topic__');
    v_message_id TEXT := COALESCE(message_id, gen_random_uuid()::TEXT);
BEGIN
    INSERT INTO "dbos".notifications (
        destination_uuid, topic, message, message_uuid, serialization
    ) VALUES (
        destination_id, v_topic, message, v_message_id, 'portable_json'
    )
    ON CONFLICT (message_uuid) DO NOTHING;
EXCEPTION
    WHEN foreign_key_violation THEN
        RAISE EXCEPTION 'DBOS non-existent workflow'
            USING DETAIL = format('Destination workflow %s does not exist', destination_id),
                ERRCODE = 'foreign_key_violation';
END;
$$;


--
-- Name: audit_refuse(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_refuse() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: application_versions; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.application_versions (
    version_id text NOT NULL,
    version_name text NOT NULL,
    version_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text
);


--
-- Name: dbos_migrations; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.dbos_migrations (
    version bigint NOT NULL
);


--
-- Name: event_dispatch_kv; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.event_dispatch_kv (
    service_name text NOT NULL,
    workflow_fn_name text NOT NULL,
    key text NOT NULL,
    value text,
    update_seq numeric(38,0),
    update_time numeric(38,15)
);


--
-- Name: notifications; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.notifications (
    message_uuid text DEFAULT gen_random_uuid() NOT NULL,
    destination_uuid text NOT NULL,
    topic text,
    message text NOT NULL,
    created_at_epoch_ms bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    serialization text,
    consumed boolean DEFAULT false NOT NULL,
    consumed_by_function_id integer
);


--
-- Name: operation_outputs; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.operation_outputs (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    function_name text DEFAULT ''::text NOT NULL,
    output text,
    error text,
    child_workflow_id text,
    started_at_epoch_ms bigint,
    completed_at_epoch_ms bigint,
    serialization text,
    application_name text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);


--
-- Name: queues; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.queues (
    queue_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    name text NOT NULL,
    concurrency integer,
    worker_concurrency integer,
    rate_limit_max integer,
    rate_limit_period_sec double precision,
    priority_enabled boolean DEFAULT false NOT NULL,
    partition_queue boolean DEFAULT false NOT NULL,
    polling_interval_sec double precision DEFAULT 1.0 NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text,
    partition_concurrency integer,
    partition_worker_concurrency integer,
    partition_rate_limit_max integer,
    partition_rate_limit_period_sec double precision
);


--
-- Name: streams; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.streams (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    "offset" integer NOT NULL,
    function_id integer DEFAULT 0 NOT NULL,
    serialization text
);


--
-- Name: workflow_events; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.workflow_events (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);


--
-- Name: workflow_events_history; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.workflow_events_history (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);


--
-- Name: workflow_input; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.workflow_input (
    workflow_uuid text NOT NULL,
    inputs text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);


--
-- Name: workflow_output; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.workflow_output (
    workflow_uuid text NOT NULL,
    output text,
    error text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);


--
-- Name: workflow_schedules; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.workflow_schedules (
    schedule_id text NOT NULL,
    schedule_name text NOT NULL,
    workflow_name text NOT NULL,
    workflow_class_name text,
    schedule text NOT NULL,
    status text DEFAULT 'ACTIVE'::text NOT NULL,
    context text NOT NULL,
    last_fired_at text,
    automatic_backfill boolean DEFAULT false NOT NULL,
    cron_timezone text,
    queue_name text,
    application_name text
);


--
-- Name: workflow_status; Type: TABLE; Schema: dbos; Owner: -
--

CREATE TABLE dbos.workflow_status (
    workflow_uuid text NOT NULL,
    status text,
    name text,
    authenticated_user text,
    assumed_role text,
    authenticated_roles text,
    request text,
    output text,
    error text,
    executor_id text,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_version text,
    application_id text,
    class_name character varying(255) DEFAULT NULL::character varying,
    config_name character varying(255) DEFAULT NULL::character varying,
    recovery_attempts bigint DEFAULT 0,
    queue_name text,
    workflow_timeout_ms bigint,
    workflow_deadline_epoch_ms bigint,
    inputs text,
    started_at_epoch_ms bigint,
    deduplication_id text,
    priority integer DEFAULT 0 NOT NULL,
    queue_partition_key text,
    forked_from text,
    owner_xid text,
    parent_workflow_id text,
    serialization text,
    delay_until_epoch_ms bigint,
    was_forked_from boolean DEFAULT false NOT NULL,
    rate_limited boolean DEFAULT false NOT NULL,
    completed_at bigint,
    attributes jsonb,
    schedule_name text,
    debounce_deadline_epoch_ms bigint,
    is_debounced boolean DEFAULT false NOT NULL,
    application_name text,
    creator_xid text
);


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: api_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_keys (
    id character varying(36) NOT NULL,
    name text NOT NULL,
    prefix character varying(12) NOT NULL,
    hash character varying(64) NOT NULL,
    scopes json NOT NULL,
    owner character varying(100) NOT NULL,
    municipality character varying(3),
    created_at bigint NOT NULL,
    expires_at bigint,
    revoked_at bigint,
    last_used_at bigint
);


--
-- Name: audit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit (
    id bigint NOT NULL,
    at bigint NOT NULL,
    who character varying(100) NOT NULL,
    what character varying(60) NOT NULL,
    object character varying(200) NOT NULL,
    input_hash character varying(64),
    detail json
);


--
-- Name: audit_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.audit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: audit_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.audit_id_seq OWNED BY public.audit.id;


--
-- Name: blobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.blobs (
    sha256 character varying(64) NOT NULL,
    part integer NOT NULL,
    content bytea NOT NULL
);


--
-- Name: datasets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.datasets (
    id character varying(200) NOT NULL,
    region character varying(150) NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    sha256 character varying(64) NOT NULL,
    input_hash character varying(64) NOT NULL,
    created_at bigint NOT NULL,
    created_by character varying(100) NOT NULL,
    note text NOT NULL
);


--
-- Name: run_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.run_events (
    run_id character varying(36) NOT NULL,
    number integer NOT NULL,
    at bigint NOT NULL,
    kind character varying(20) NOT NULL,
    payload json NOT NULL
);


--
-- Name: run_plans; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.run_plans (
    run_id character varying(36) NOT NULL,
    version character varying(40) NOT NULL,
    decisions json NOT NULL,
    objective double precision NOT NULL,
    at bigint NOT NULL
);


--
-- Name: runs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.runs (
    id character varying(36) NOT NULL,
    dataset_id character varying(200) NOT NULL,
    scenario_id character varying(100) NOT NULL,
    scenario_version integer NOT NULL,
    scenario_sha256 character varying(64) NOT NULL,
    name text NOT NULL,
    options json NOT NULL,
    input_hash character varying(64) NOT NULL,
    state character varying(20) NOT NULL,
    phase text NOT NULL,
    share double precision NOT NULL,
    best double precision,
    bound double precision,
    gap double precision,
    cancel character varying(10),
    worker character varying(80),
    heartbeat_at bigint,
    attempts integer NOT NULL,
    created_by character varying(100) NOT NULL,
    created_at bigint NOT NULL,
    started_at bigint,
    finished_at bigint,
    error json,
    result_sha256 character varying(64),
    idempotency_key character varying(255),
    request_hash character varying(64) NOT NULL,
    published_at bigint,
    reused_from character varying(36),
    sweep_id character varying(36)
);


--
-- Name: scenario_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scenario_versions (
    scenario_id character varying(100) NOT NULL,
    version integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    content text NOT NULL,
    created_at bigint NOT NULL,
    created_by character varying(100) NOT NULL,
    note text NOT NULL
);


--
-- Name: scenarios; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scenarios (
    id character varying(100) NOT NULL,
    name text NOT NULL,
    region character varying(150) NOT NULL,
    preset boolean NOT NULL,
    created_at bigint NOT NULL,
    created_by character varying(100) NOT NULL
);


--
-- Name: workers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.workers (
    id character varying(80) NOT NULL,
    version character varying(40) NOT NULL,
    started_at bigint NOT NULL,
    heartbeat_at bigint NOT NULL,
    stopped_at bigint,
    recovered_at bigint
);


--
-- Name: audit id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit ALTER COLUMN id SET DEFAULT nextval('public.audit_id_seq'::regclass);


--
-- Data for Name: application_versions; Type: TABLE DATA; Schema: dbos; Owner: -
--

INSERT INTO dbos.application_versions VALUES ('f86ab4f4-7887-47d6-a4d0-9730c602c024', '1', 1795407346426, 1795407346426, 'kapacitet');


--
-- Data for Name: dbos_migrations; Type: TABLE DATA; Schema: dbos; Owner: -
--

INSERT INTO dbos.dbos_migrations VALUES (125);


--
-- Data for Name: event_dispatch_kv; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: notifications; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: operation_outputs; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: queues; Type: TABLE DATA; Schema: dbos; Owner: -
--

INSERT INTO dbos.queues VALUES ('90802b58-2f9f-4404-bbf9-937aac0ca7ad', 'runs', 4, 1, NULL, NULL, true, false, 0.25, 1795407346446, 1795407346439, 'kapacitet', NULL, NULL, NULL, NULL);


--
-- Data for Name: streams; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: workflow_events; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: workflow_events_history; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: workflow_input; Type: TABLE DATA; Schema: dbos; Owner: -
--

INSERT INTO dbos.workflow_input VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', '{"namedArgs":{},"positionalArgs":["9a668b47-dff5-49d0-aa5e-7b98e8582df9"]}', 1795407346013);
INSERT INTO dbos.workflow_input VALUES ('45914666-b7fe-4de2-8edd-46c2cd54d52e', '{"namedArgs":{},"positionalArgs":["45914666-b7fe-4de2-8edd-46c2cd54d52e"]}', 1795407350462);


--
-- Data for Name: workflow_output; Type: TABLE DATA; Schema: dbos; Owner: -
--

INSERT INTO dbos.workflow_output VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 'null', NULL, 1795407350396);


--
-- Data for Name: workflow_schedules; Type: TABLE DATA; Schema: dbos; Owner: -
--



--
-- Data for Name: workflow_status; Type: TABLE DATA; Schema: dbos; Owner: -
--

INSERT INTO dbos.workflow_status VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 'SUCCESS', 'solve', NULL, NULL, NULL, NULL, NULL, NULL, 'regnemaskine-1-1928a8079488', 1795407346013, 1795407350396, '1', NULL, NULL, NULL, 1, 'runs', NULL, NULL, NULL, 1795407347704, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', NULL, false, false, 1795407350396, 'null', NULL, NULL, false, 'kapacitet', 'b27e427a-d10e-4760-b9b9-6c1cddb09945');
INSERT INTO dbos.workflow_status VALUES ('45914666-b7fe-4de2-8edd-46c2cd54d52e', 'ENQUEUED', 'solve', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795407350462, 1795407350462, '1', NULL, NULL, NULL, 0, 'runs', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', NULL, false, false, NULL, 'null', NULL, NULL, false, 'kapacitet', '26bb2a01-d7d6-4921-8cbd-ec4ea1e4bcae');


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0001');


--
-- Data for Name: api_keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_keys VALUES ('c5c10316-bfd3-4da6-a186-df3013c179bc', 'read:public', '09a454aae8bf', 'a9d8fbd521ffead8e57b9014ec2d33b3598e1d72c508a0d01d2d495ae46dd3f5', '["read:public"]', 'system', NULL, 1795407345981, NULL, NULL, NULL);
INSERT INTO public.api_keys VALUES ('f9dea95b-22ca-4b1f-9f86-f31cd21ec785', 'read', '5874eb387d70', '86349f1a4654264ff22c8551a7b9d9cf7ae7500d66d36cf0e9d9bb6410a9b065', '["read"]', 'system', NULL, 1795407345983, NULL, NULL, NULL);
INSERT INTO public.api_keys VALUES ('dc572b9a-866a-46e9-ac22-9848de9cc93d', 'plan', '411f9a457f64', '93efe5fe656a4ddc72df7b078ffd38dfdb7e4a1fd063a328556bb44ea1ba3751', '["plan"]', 'system', NULL, 1795407345984, NULL, NULL, NULL);
INSERT INTO public.api_keys VALUES ('39290552-098e-416d-891d-cb4ae4b02d42', 'admin', 'b24a1e45314f', 'a1a938ffcfb037a11bc77899008f83deded80bd26b729505df44f556615112c6', '["admin"]', 'system', NULL, 1795407345985, NULL, NULL, 1795407346012);


--
-- Data for Name: audit; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit VALUES (1, 1795407345982, 'system', 'key.create', 'c5c10316-bfd3-4da6-a186-df3013c179bc', NULL, '{"name": "read:public", "scopes": ["read:public"]}');
INSERT INTO public.audit VALUES (2, 1795407345984, 'system', 'key.create', 'f9dea95b-22ca-4b1f-9f86-f31cd21ec785', NULL, '{"name": "read", "scopes": ["read"]}');
INSERT INTO public.audit VALUES (3, 1795407345985, 'system', 'key.create', 'dc572b9a-866a-46e9-ac22-9848de9cc93d', NULL, '{"name": "plan", "scopes": ["plan"]}');
INSERT INTO public.audit VALUES (4, 1795407345986, 'system', 'key.create', '39290552-098e-416d-891d-cb4ae4b02d42', NULL, '{"name": "admin", "scopes": ["admin"]}');
INSERT INTO public.audit VALUES (5, 1795407346032, 'key:39290552-098e-416d-891d-cb4ae4b02d42', 'run.create', '9a668b47-dff5-49d0-aa5e-7b98e8582df9', '036ad4c543622a46e7f36894dbb9f63c1615efe859484bf8e398d5162b113933', 'null');
INSERT INTO public.audit VALUES (6, 1795407350473, 'key:39290552-098e-416d-891d-cb4ae4b02d42', 'run.create', '45914666-b7fe-4de2-8edd-46c2cd54d52e', '8570ee47a92019de36a12374fbc93ec77f8a504a32fedfe78f93e24816742cd9', 'null');


--
-- Data for Name: blobs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.blobs VALUES ('07c090201f516b069134ca65b11f1dad5c8fcd8c2ff296a174405ca9c38e263a', 0, '\x789c957a055854ddf6fed0dd212d9d837477772392c2d020cd0c2120dd21a0d20822202d8d1252d2dd29a180b47483bf51bf7bf91cbf7befff3f3ceb3c6b86e75d7befb5f759eb3d672d4d150444420000800a151ac003e9ce447ea8f643f0a002b271b3b2b2347571b3b3b072bf67e1eed1c73ed0a73a0854ecef01168ef768a8a8b08fb228019535d82335387a39d88759987b55d527580639d8e1b50bad52590abd7b0a8d019abf0dc294d3296f08d53e4305f7c7204e0e202b1b773790a3a3d51f6314aaaa014795fa073806d8467e9855569f5062ef53551a50515fe5e6e11fe6e2e6e41ee3e20d006406e5b48bf46a43b8dddd94a355a2f055b8fbcca2fa23b52ca56268556809e1d07ca360e6f189f4cd94381c00600c0f0060437fb1003959da5982c0bf561a1bafa5dece8919b628d4516d133c5b793ff31dc28388caf11d4c3bfccfb9f1e9fb831d2e4692a868760989d33dce975585e1b8d7046988ea1aa83a1e96ccb62a8501fe1092fbac700204c0b8d9a22a6b7345e1b89471123f6ccc56fb60cc4e1175ae74d905962f427028e0a644320483e788f50f227371376dd1e4cc208665810be58bd2d6944a59ec4e0b1d368c024e8342a7daba210b2914d53c48fa92dad8cd0f19dd785795e42c3747181ef2b66707f156b90561c3f3aab03d1aad2c276cad34a690f5eda17f854192378f51edf9c5ba6248abcdf5e10159a32bc3270f6aa6edbb2ab326dced65734ab12fb9765f35bd5d9ad1e0d6317694377a40b99e11618548391e2e53032cd88dc3a97c15986f3fbbbabe34eee46f8a3f9211b7d7247de59585d73d0b44b833ea1d5a982ec10b71e78bfbc80fb99418c2d9ae91ccfaddd37e231f0d84a09a2454707e78dad9c9c3cacdddced9e9d7a1fa798e94d87a87627f9e22e649969ef08ac4c3681530ab0e417414244056dd9a35de28c3d4f07946d133c3a4d4c4b4e48c5e2498fdec3ca1e0552502001c19e07e9e2be856825c40168f403656f7ecdd9d9d764c1c9fcec927deec9a8e70ee0670a927d8347e55f358db0d3833cfc2a91090a700964f6385244de73cfe58b7e3c44d8778ee75aa211a7d8972e87ddc555694fe5c31f2b9620259932a79a469fef9e8fd92b2c745f54517533621a2df9984d238b3c49b19879894e50e2e5655c259c946469ed797dc453fb5a26fe33a4df13d2ff23720697c01da6b0cd7402b18dac373615149394ffddc3b267145bf868346d0bf3ab31ad4c3494cc7083ae3d843907e32d1fcf5e54a17dcddfd88c7c6aeefca92638b0d72bb88281f034fbf6c5b2d868bcff77e74eb06b9d17be5eeedb8b4ce05449c5f837b15e92f2cedef3165a49c57643737f2e4d8578a27df2832f63de2bd3c4a4f50e8cb7a2ab3ac132ac161bccb133e8684b5adde04c4ac322314167571e5d5fbf2f6838137de933731f7cff007456d7a640fb7a6e617dd31435138ded4b5a916227e005b81435d596cdeec51d0ca6431f3bf2852e8f45c317d7befb258e0691be0a5b277b6256870a3dccc3ffabd19760c0b5e55db9ef37bffebc939f5d49b2a845e7825f834447a0f7d49e965ce17915d3485d16dcc2705bd93ea68b19c186b6bf41f32babf63672cf7876ecd6a8f19519e7ab75c4f872ff71d733d4e8e3331b16e8edad64fc500f235d9d3324a3600ee63cd309096d4f3b7ed51fa5e2d97a05c2ce9717750326af221aa26566487132212c2133de0f84c7d126e94b73480d9e18baae396c25650256170b689937cad7610d05e430ff766c618bb91d3a5c13c59a01967bee9706b337d0073ec8bcf4a0a5b9ba07d0df80675766c156d5dedc147ad8fa8943664bab632fb4ec86b35cbd5d3261fe5a384109e5e36bad94d5da4654d5c492976a0927c0d099c445441169436e2198e25604c63ebca38283e87e40344701fefa9d26cf90f34f3de9805f5d9251b4be9b9c08b7aabdda4d21ffab4b3b6fa9622694470211bd7e2af9e2a312b9278f390b67498e16bc681e4516ae180811a7860a9f4154060343db7ab5a27b848b2a45b4e90aa1d7dffddd6429834de9a7727ae9b179219ea714e7831b307bd15fa37a63b090a08c3cfc9cc03467303e1efb63edb967bcc73da48729eeb05fff469a72b00b55861e50a038ebee7aa5ba6452e7082fae9b6dc545a129221c9f7ca0377d991b0b5afc5752484cdf415db41145a430fe4fdcb6e46a39bbf37fad29fa9cfbf313f114b2f551d933c5d151b3ad050cab31ef0d7d67da78a55adedbc24ee97e1bf1f7350b625751e2da22cfaa60da83eeefa59bd78a276851988be6b2ba268812bf83ddb49eed19b42c93b176ae1b9f26da2926a582de6f7a5530c3bf786b08b800301e42e360f9fd1e8f01cc1c54465e4b5131a2f8ad56b5d4fd560320e56163ae6a2efceaea84d9a13082b111ed585e33a7787d110c06de175e9775708e8a0c7463f9d4cdf79a1438ee7aeb6f48ac5ae571189988d30bb1cc54d5a4e44c02234f319a7545fc47cc877dfdd807344cc4e13b97b37fba7c57d6f4504e2145a47b4224896caa29eb5731e91983c9b23d2bb59fa0ad4965c1aa306077f85ffc8592256f0b2b21bcce6489c7a4f3e8e2a159edf3e4285b2c5bc155fcb1129d7d9a5871f63edd48d2c20e4de6cf623e96515f21751ac2066f33b7921012e8160c144b3ea3bf7b65bb1ce3eb562748a2086a1da72128edfb73a9bd474cf69e1af2be5da627e12978e103e2eededff5a65fc89629a754cd972b8f5abefe7df51034a166e24db27eede137815f6e0ad3df23508eeb36c7ad7637f3ba466f161d9aef72bba7b88c71bad4b2f66a80bd12a19fb65c2ecae2744e745e0e95803a61c494eb3d648359e7a13ecaa1bbaee5e5f2d9f6c54a8ed433a79b5fb0276754e51c5e8ce28f7a85c7027df4ab91d86cb06a48f3f4f9e4005fa3c216d4327fd5002f7ae123b0882fb3225583392abf8551a9c68de37b834124f04af21e20823f4e029265d922befd5d768fcf2ae2415071a4965e39bba793bcf688a5f5d8369454aabec13313276c3560e3e851a127e35e92c3d12376aca8f731722e96225564bec5ca897727a53955f97fa70716edde3826b9da669797be06e58e81ed5ae70f06c3ce063c192ea164ea69d34ed30db1d163cbf76f0c1b795b7d617fe7e37391a0bb9f29a03dfa4a494ae8171e4ef0adec227d6e7ddbfb1efcc2638361ad8369a49f0dca8130f2a8d560c91115e49cfd8338ce056480c7106dac0292e8404fadadfd10be789a0e2e7063a458c6abf4619cd3aeea65f767b4f284942e081418c9bf78eaba89e3c307419edd20b73c48a7ca780b1475e449d7916ce0cf211b9fbcdfdbe39ce3af61a1adf8af9b9cdd6677b52a5e1566225ee07e5cac3f1c7f5255335dc27a80fef747b1364a9a467997fb0f912c303ae2a4011bc9fe6bfb81e2b7614ceccbc1210f014fe6652f028ff9dac15cd82a1e1c633a655d9a6d7ee88a1666cc81678173b01cb595288843cf0afaf5fe62d6d139c3bb4893517c712927ff586ebd39dc657facea16842d4d58dd4fd2eee41815f3e1d65984f01a0be6f9d75cf5106bfcdc01a62d0e8b87f22b4bc638f68629fc72dd7c861790d365babc4f5c08ddc4b8a4537e8e7dbb316c27648334a7ab06697d28ca898a47e228bb74a2aafce9e5d1d70a0f5dea67d764ed012fd662eb43a590c9bca55681271484480b7fccc1b7a434870406f0889075df9029f6dc88b073572793463d964787b9ea72aebf32af29da82f2d700e4eb839200e03877b506dcf5c4d626cb25fe661fb2bee9ef4cc95e0b6e756a3727f6f0e78c7eb52151503d856be90efcaf51f6cc604dddf5288a9d0a5bb43722f78256c9ca063893d3adebff7cc635dd169abf20b0543f8e0fcc630475b9c4ec23d11f4a4976bdad3236eaf4684e86b9639000f91d3caf8ab3f3459c13b7b8946a71c54f52fad3e1e2d8d09b8569e2453dac0eb11558d44af9f9502eed5f13d3270c944d3dcb43e8d59b36459c4236597530d26ad4a94ecd784afe2f76219045da4a238fa74186f6285116eabb3edfaa2129463057ed13a4d6b5168acbf22131d3476e40b90bcfee2dc1dea748618c2a44b2e4c02e7ee05394f33d6c439250aa729e9be23903a03c27e4f33af1077de9588331967b0481463f7d6d6b36bfcb89cf8d34827652020a52f385fd35c5e97a1f5787e4b83317d3dbb697ff33ca1214f2cf69cd21df9b566ed23e2e338f32bc6a3377bd43b7668ec373a64ae7be73ef99eb48ad119487e07deca62b444b6441f6de5c330e173bf54bf799892cd14d6700cc6c4316bc5427fb92bde017ec2bab0c1e9fffe515892f65ea78f5543ddeb599a591eee6d9218c677b446cef4f97311ef8627a79d49788e04b9f10d306fb4d33ad2db71b82eba1406b8356b28fce24e682fdac93c3b0f517018882c95be8617e8aaeffbfb3a6f0ee63a0c9e7a816ce83ace737b3a5f09b516bfe6adf9d0c3d41afbd6c6e5fe9af0e79b1e7c8dd4a7410f560dbcc980da20de82c1bac20eba3d07cecff4b157782b710fc798c359c8442813029f626c6102d505c93af0b0e477a2c817d6bb40f352093432fc3baf2d4fdea1134b03b64a4677de86db2fe495528e20488a6406a1985c048a71e91edab68c3890c4346ad6caf979dfd8ee54f5522bec759a7bf05298eb7a51006724ab8a28df3c81d7886c60795b9e8f2a151af7c2825723f2bc2938fd9e0e9cfda52569982f7ce2ac457c1d5cd83d065b76713dfac017c96e5b5a505e3dca7c98186886ef69a93b2797772d838b54e669eacbcad0808cebc1b184c4ea78672a7f64d743a3a88c67a2f2b9ecc8be1700fb40d227bb941eb9ce138f43bd66e3130b65f9fb12ea9d8bbc06071b9faa40d723c3916b210ad76a99336acccdb6e7e08e6d7576e2bb13161bf9772f0733a7874ac62ec23ff994dcd5c2815061ba7d502192b1f7e406867c92f6578583673bd29a135434915fa0e05fa32b43961946617f3df58d602d5d1ff9f140fd7b0ca7220c21394f2314de78bc77631a6e811b6104f96eb871c56b1bcf2dfd92432d0ae678c80c413bd5e78209eaece54d0ca752a96a84de5191b4a10b89ef451ca2ba36f9d2754427b5fc628dedb046f679510d05a41e7757f3c17394e7dc8de2b2f63bf0a358b7fa7cacfd3dcdb2d09541893cba27cb76a1f3a51ba2728ae3381632575855ed0bd9d2ea632162eacdf957bbdc2e07a618b227178b496cab12513e48edb887b963b6e7b4e2bbae4d7cae9261316d82059809e318048d33ecd82eda6f1220c802356dd5fa63e66ad17cc9cdd873f9c3d3217e52e36f74a6047202db33ad07e8c4d36a1fb79680f02b07b95175b3ae7aaee49c3fa73be1c94e6da811191a3ce39062146dc96ca894c7eb53ca62e6744cd5ccd8ffb6d40d2c2d7390eb673a5ce571e0574f6725a3469650e506096df46fcc33899cf6dbc56654e0aace666c88adaa4e09a040cec7d3e4f84fdf4789402fcfe6bff2f68dae493c48ac68256f9edd8dbd93aab91af5cd6b3e349f6ed28f64f6aba76ff175396ff397bd9a0e91155f45cd70ec937ce6a571a287e3861c480fb3d7422700b864627aba455ef0d9bb656a3acf30d9ee7fc225ddc2762ccf283b4a4849be9e12d8f37fd35710642462f5c53b4618a1a3984b7f87f586482ffb49ab76a758165c25e8b869c1682a1808575a3c5ec53035588b15142e6ea512e61786742a3b5dd35c494ce9a0b16538bac306b4174236f1f7e02356681fe767f9f68c7397d1fb088bd6c1425de781deb7939e2b83864455f38dc070e97b1ffc0e5fb9329f6a750c4ec2af90be372290d3fdec5a9d195c836b2484e25a97b52cfcd0faa3c5cd8b9e8fcfedc370d45fcd4e01263e1874d9ef0cda942b75f3a3bdc75be5853f6568e5eeab25f3e4439b1937065d4d6151ee7c0eae11ee1df74b8f68d25cddc9119fa10a500cf68f4e69e66ac58f965413fb1affbeaa454bd6fe796cba8270d8e4d9d8cc956bbac4875e8cf4071599fcd00b89d045237a7a7bc3d504ab022d263e23fd9040f77c1afd7e7096d4e585c223b3874868770472fa22956cb64c16c1d3f8013793b58fde1766d916c976f564858fb74d3fac8816ab7cba4a6ef94c53e0048bae8943f17e540a76a3587e9b5862c60e1a55d247278ca4a7b45475d14ce3dcd6e5d319a0d1e89ae57153e13738067a9bf73c4a21fe6e46fc180f5fee508520ed10576711d89a7689bc78476363741a7af860b4e4c142364721d6de837a4a677f9119e74d1e454eabb2f189f96357bf349757df464fec48f89583d47996886d9e6f4112180637185e79eea13f9db41ba5c0384dfa760feed23b489d70276bd98ee9642fd29122e726ff71ad21ea45d7e7c4f534a94b55a4aa332b68a66d0642336db3ee1df71977ba83eff6c1c64e32b82570c06f8c2dab2686facf50f0f8b8a2915959e4473638122fa8dc490aa569dfa3bd64c6add0f3210f2f99a8d5f3a1739cb487a6eb05fbb7d36b867add840e58a2d8c6ae07934f8a592eb8d88f133f7e194374b62e8a641935856871e4fb59abd6dedb4558a99f26fc6ac79e58a3781f5849dc6348ff28417d825689115fdc5c4decf5d05a2d23951657d41cdd98203576b29b91b83c288cc93ec221a63684f89151a9e327d9c69ad2c95aaa58c71a2e43e913cad77c2fa4a84ebd9f2dbcfd8e444217cf988745ff70f0db0be9d4b7e9d26417e6371d3d2e4aa4801eb52dd97d14a2188f08116dc7c42d59842236c70c95aee8f2ba50a62e4c6876548e4fbbbfc8aed13338693a17f681322029b3ef0808ae185ecdc8ee4b3b5864d15c0ae5259105adf3710edc5d338527ee587074b428e1b857d1da57975580e434f3e180e06075a989ad8b023890dd64379069ee59bb36f13ab37c93c773f0a5ce2701ac6d52b94415ec893718590acdcdd2a0a1919119a9f12dacc3351c99b68a06acf6767eaf750aa5b1ccb5bc1b2a1ba53eedefa768904a1cb5ae02fdfa6f3efab1cecaee1fdcbfbcbf5ebfc0ed6c73c168cf22c1e4789e3415348f070c407be1903dc4e31cd0b07fe4e680d6467185d99e36dde075913048369269b9d7f27a5bf068fb23e8daf8c5cbb89722149d19612ff3539f2f9d1125aa13f6677d8994e237ab8d9531b4348223374e5680b3303cc5ce455b7d2875b9fd11674cca81545cb6b4cdf2718ab7a86559e48e84b4c89b24b101a0de8c727a076b74c2eb2ed68970d41d48dde146068dac496bca18c9b45f3413335bfebefe4ecae6674064353771cb27fccd65a58e72c1630488a7bb9f62156ba053284b16b38b48bb68098ffd897b5cf96c907c7422505958e3b96e2681de68422ec5dc34b8627e510058cd6357574910aa8142a4c239933d81ac5d61ab599d5163fe7256da4a812fa0b3142d9e6df46692d13d277b4afea4d6b5803cde1a7e859523a02b782ee33c985cbfc51a6e4e07d9a161a5496e210021f81b997e0e8ee932a5ce4cef95e5b71af9afaab1ea5a457afaba73ebbea1cba2ce37b824093e193aa1f6150c2608932bfacf2cd4067bddeb206852c838e388c6fcdb9a1f1e7111da3230ec83a6fb3f7ce0928e4d746a4c8c1e729688f7bfbadedc5a3c8de021882937eb15659012fd188d5f5cc30f79f46170dc975ddc958d20a9776bff4c098f801bd3436c066d97aa2269e66d966cc4508b74fd768439be79df0d580d99d1a4ad8477784a3bcbf5b46847e9633abde3219e4c32c49b82b417485f1ebfd42313f479a1453a995f165d679ead000b7bc1ea6b469fd9cdd2e31a02d4fe09548c51dd20fcf6a73c425a46383ace3580ef0533088f10b75ee114aa0f72362cdfe9fca424e2534fcf0807f140b4e958b7d3a7b38d5dd2e10f2a56ae33df9add7d9a7cdd442518a091c2e90c40f69f05d05f753b3120e8e1bc17927b774fb1fb93b4af31a5b8d6720e51047d3b298100a28aecfc79938d7a6417722e1a1bfbd9a0c68dac2bd24ba9b1514cba86f226f49b1ef8dab8e651f2bbc72ef5d8766dc153c116d9f6e839735165121573e38c4b093b4e5ff162edef7348d70b43aedd874dcd27d59c9477bb2ff56b1cc80ef1b202bbf434f04d723c7c648d88c577a7055694dae6207aa31d4d42ab91177816e568556aa7404587c13577f8c847c4e0890b92a6268eea02537f3766d776fbd9780b929754af1a5a411dd78c4402facad924cc00c90e74b0667b0e39665a6a653ab926cf3b9af07c0eb3bdf0363d4ac3630bf727f82395c0f8ab5c0d42e42c90aef257341c692e12b88055ecfb3bdbda65802efd9810746ceb95bd093626b8b33485258f566f6223030788fab4bdcabeb256c30e0648acd06b3ea5a1c23648ec49bf6de7510cebf4be0c488d0b7e0a9ff384b1919b5f0861cdd22b9c5ddad96b13e77c10282e9a11f7683a2798fb091aba92cd931c40aed5564716b36d5af054679ac6b0f868362fdf4af9402ac166073bcd33460442bff547479839251f1d8ac8d2215868b3fd2b8e9c20f52f5369f91ea50f331853f2c23877123dbbdfb22a80c6034382ba10154786e82746c427a43a8e9db9f4098605777ab717d3c5310e2ff15a3257851b19b7e3e2249f2b542fd2b98634305e3f71174afac412ee4ba7149dc8aefca48df9bdf7d807ce308d3bcf5b1b8d5287da06cbefe3bd3d3121267e3b875d35e9c422c94e26477557eb794bb2cb6af3ba4a9615d8f65eca85c258c9595a63bdeff1a54db3d8a5ffef6f5eed2dedfd06a1da023c0080fee3cdab9523c8c9f2e75bf451b5b8604e4ca425bfa103e2731644759ea80239babc0069e98974c862746cf82063846242f2b9e5b9d093dc1e2ca78a858e3b3958741d595cfd76add10e01595924b651ad8fe73f79298009cb0759301167e763f303efc5da99e980b782b343ecf7d981cb870ba88397d56ed1ebb5747cfd98f564b35c3bd472b13b3327f1456df6ad490dbd5b2c4ee762d1270a727631c1fc222ff2a4b01fe374553b253e99223bf01d7a3ff959220758523fe1ad5cf30089af9f7790497c386ea3064c2cb493ca9f57d5cdcca4b388235ad5fcfbaa838fd2c764a09a3a54f0ffbd6a536b0818e2f6ab8640d92585dd428d8ad8e2b3d89685395a4a53a18c9b767699df34604cba417d68f0de7e6a1afc5553eb8b44eb026edeb9ea6b2c8fcac1a003d791b40df8b6d74c614b5e70bf0f99348879c909d5b8ff2a9dfc35a4dbbf8a166c7fafc528a96ac46ab0f50e21f1281f40a2f055b42151872ad1893a10ed3e6e1dedc3449df7302fd08584908904ff7a4d8f01156b3b9b7fad04a9b515ab851a13a1c5df665f3b22a5179f9697a67f5184346c01fd73ad812c3ba543d87cfc2781fdfbe964e6d9898a6fd711dfc6141f9ec34cdf765c8a9a0aaa51fc5507b077b673029b5abb817e157e8aff4bad071e66aedb15fcaaac508df9af5f1e5979ffaa25a8978ef7fcbd80c4a231a03ac4fc3fed4990c20320502d15f0ab18e4e00c723275717676f869552c4209bb4d1213f19bb7ca5d69faa44559463b79f941da391e7c892f835dfad8e3af7459335d759e52dc250cef69d6ffd8591c82acddc8d9f5d9e81342a503444d506d8624a2f442b67ca31f625ef7a081404622e383309d6df80d7c6161056ed70d8a251f082d7995c7d35f8cfc9535df28430dc4f9f7097a9511902642b59bbf4e9b23c4c9cec2ce05e46007b6fbb547900135ec204edcb0e5269b73694960278617625d3e8ba9624db59a7f8482c5504749906b47c94bcbb501e62902bdb8104f71f2d4eaaa88e76877df18d776ce8026708d4f96fa74184e3c5f2b64e2827d9d62eea1c8b98c8a957e96ca4072f21dfeac9b3c03949d40352ea2eb3d2bef277815dbc3157ae0260cde391ddd3325fa5ee4f406df24bab8baaff17ef15451a1678ec0ef2b10cd231e18876a2fa15182f8cf15d85839ffa8d2e42534600749e2caf97c087250eba6c51999fc38db1be62065468fba1d0fe1a209f95e79dab54293a050ddb2b3dbdf24e2ce4d9460856df93691eeac12d7a5853754b2b33b323f51c5b4910f59a3706d613201a35faafbdda12e7d2b904d909ec4437e8ecb88e0f45b63dff9d53935442712c0139fb32ddd5ec7a4da577097823a8a73edc3b68dcf4ba9632c4a09191d47a337aa3acdc7fdb575639ff2ce5ee4c454d44fea8d38ed70ed9096b54c8dec82b7aad6a91750c12c8cb512008a6783006d7d8ca53881f4f9164374e126758cec72436f98bb405df4384f140e0060fd2b5a3a5b5b5bb9fddcc1504d15f58f9c989f86580403a43241e2d427c67407b94e5db46a39d32c4780f9c86b63cc3a4a9a0a49fd846dc1131f8ea7461182b8987c955f630221414754858299dca50c889b5cef78d03198935e8e1f334c00e3111ee3af9f051b7e7dc6ecd55fc2bfc371481da34f321438d9653c4d60db5b662d383519efc0e16dca23efdc9f4a5bb324832fc3000c541a673fcdebab304d408e131d6f25c27762290a60f6c8eccbf7c5431a6b14175aa5d60909e835340a8a376fd6a3306905516fab7248a9641a64ef3af89cd810260bc7eb468346049f79cd523f2c8a6f3b761f081f835b18353b19d1c60875747f6c304a60769fd8ddb321d8a40ab9e526e995b797788b866d21227fadc8828091c8dac4f123de1734ba23e6075d6ac9393d01530c3d994a015f2c781a84731666fd15a787281ada632f0520e15237ab37c8bffbd85c9f849412aa914305132a2e0ea6764e96565eff0e333dfd2a4aa5c3ff2b2a10d9f6eefd8888c25021fd61c6d905e20002db394363839bb3bd95c50ff58f9af56f81f74705138cae1d1d757818f5bf02b029eec33a6da8660415821fc341dc2c6c41ee567f2bc053f649a10750e3ca436ff2d450457066cab60232d08a22d469f2433443d32aca903e81838ae1e33cf212ddfbb411282a6b62c1861bc27032d8c678710d4a2252ade12f88bf2b1c3ece824bccf0e1b17ab62cfefb1468bb212e4c50ed871041c5cdca1a02cd30605b6822b07576b074ffb707597a9895d907bb8794465814a14efc15b391b8c1ff69717f0ffe843f2ddbfcf0a3839d2bc4ced20eecfdff9b01bea40a44b842b5d750c1fa69cfddced2ca09fceb4eea97426fffe126bfc1833b0e411bae6d665de09682f598e1744856345fb11386f365537b2562e173d9454d7b91adda3a7322067927d48ecaa00b3ddac715c424a22b3d427b2b77a92c59afcd709b4aaada2c3c0e1fbb9fb28d7b3c4196d1ae2c8bd5edacbeb76b63de3385da77f700e9f7b9756fbacfb2413596bffa28dcaddc3ca03b789beafe9f7b1c6057ad273fe9460bd5a8ff6200ee6090b535d4898e76bf16ae025456fb65b0a71ba8cc3ef9bfec990dda1cfce8f61000fc0acaee1017176737b0a93bd8cae5d7b1bbddf07feaed904796b716ee5c5b93dc80edbe780733d282dd982b08aa41fef20918e466630536b5717386b8fc9c3a7b8c083a021726d2a5581f9b76fe8012f1b21f6ea08474a29a5bd5d17b7de31016e47c92a6e13c3cae81b0afa44ac196f5f97171967306577e9d3a19ccaf0d5631b8f2ef04a9709cb4c958db6f0f7cf926e2947ea494e22f113d6c6893abb229fce4f7f9f82f063ed1fb716efef224d80de461e50075a5d3a39fd371ece5c20ea0c6441aceacba6a0d09f84aa399280fa7931d29e07e6abeb97b94949c47141316fb487a591805c28c72c4cf80af28a4156b39bfb9b4036f47b34c143e9f8cefb56873171fb9d875e1b34faaacfad9f723189f08063ffbe97dc1dfe700b673fc17ed92426fe1fc49203f6705ad231393b147125f5c0e966093dd6d32c85ac998a63be5c47af3488af8358682fa093fea43e136976b4d1538784284ffdcd5f3af4f2edc8feb1f3d3eb070d87e9d5bb815e0cfee1d58346c97cd2d7a0700db73038b85ed1bb9c53e80ffa38b04160cdb0e720b6e82ffb33904160dfb48738b1620f9fb030e2c0ef6a1e016c74efa4f8f08b07858867f8bcf26fd93efc3a26119fc2dfa86f4373e0f0b8465e6b74053b23f783a2c18968bdf828bc86e99392c0a9671dfa22ec860f9372c16960cdf62d3c9ff891ac3e261a9e82dde84e23f1153581bb034eed68615e5df491d2c0e969adce27aa87e272ab0485836728bc4bdfb5fb809ac195896716bc6ffee3f720e5803b01ce1d6003cf57f600cffedbc11fe66c298fa9fa901ac05d8f47f6ba1841a860cc04261b3f32d5491e61f72352c1c3605dfc27368fe4cc8b068d8847b8b3ea0f94fe917d6066c2afd9bf768ff21b1c2c26133df2d7c9bf6cf3c088b86cd59b76817ba3f3398a60a12f28fff9243ff62a0da38dd8f6fff07b56f8127');
INSERT INTO public.blobs VALUES ('fe8d12edd92fd65be470a3456297f50ffcce196effdd2f12317f21cd1388e4fc', 0, '\x789c6555db6ee3380cfd95815f7751a4b79dee7cc5be0f06022dd18e1a59d2ea12375bf4df97a4653bc91408ea1ccae4e1e1a1f2d981d6180b788ddd8f6f9f1dfa2124791ec065fcf35b871f117541a39c9d6ca1c0d3e1e14078b2f9b4612f0b966b9f75b23d26958f9038cde1e18d0225384cad081dfd2248875cb2d4d4106d0147c9068e3f73a6154b50da3b4f8c265bac2678829c55440fae5c28fc7ae03fa1606cd6a1fa72f5e633c1438209afde383c3cbd0ae118432aea0cc942eff08a36d72b09cee81453a577939aacaf65e1b854ab7ec27295f6e5d09870870627f0465a34f68c29dbe0f91bc7620aef24eb82741a3d95721d330a75d1bf2bd0a3eb9644ac6a5c4ff3b1a1969ab0e9c7fdd2d3232b449d2887c45a9af8fb75c566b4e3b12c822c32c58dd1a340630a7339aa6c76bd139aaa5195c010934334add0ced3249885e63124fbdfd26237d89417b33cfd452107eddbb328c304d3429e5457f88153e4784915c51a3ed3a3c8a30c3ab8b4fa3781403952f55b4b83c30fcb337c3c7ca7cf1b057efee26201bc8a2138355b6fc2bce3faa4ac97e9ee63b167f28da2ffd4f7a2c86e221ada48a237d5da1ac034615fcd88654d5ce0447e2107af593740799c65b4d63930a5db622274b9ce7b87abfe22d9443d5eba5d3d5a58ea618ad4fed5da82778063167a5c927c6db89e762137e7ac4749d5e6ce1bf466d72e08897d4f81f76069bd64a1383154b207c13c0e15b4ae91f6fcb2f5116befac5ef68a5e0a13457c75ee3e44abb56b8a23b7ececbfd51a2b8bb59521ea98cef7a95674828fcdcf1b7693395b43cb96552ee2aae6383ec913dfba0ac320db58801eda77d6deb7f83f299087bb7d93db2a1ec18fcd3e5b511a0e0dacc8ea88416862bd35c4e30ad07b3878775161f6a467b94419d5aa58c2b30d35cbc9af4d292614374239381a85d019c583c4e2f078c5fd48374116ef59ba13d72bfc79bdb6aa37e486535d6e2e702ecc0b3756c39be623e883f738919632fcfe1d4fc59e3747e77249d68fb727ffb80fadaffd1618817e2d8aed580e70f108fb2d55258478f70bb3e36cd5dcbc7a42314f0cb13a90fd92cb68e4bb88eb8bc8ab02d43f5f97111219df928d65a8ac80cc39db7b83929baa2b628f5932677da446695715f96599c1d7e2a2546abcd90e9adfd7ffa1416ba4');
INSERT INTO public.blobs VALUES ('cfdc7c48ac8ebcda233434483aceb7a37ccdafe79793743014beca200241ad58', 0, '\x789c759b0374654bd7ae6363c7b63be8d8b6cd8e6da363dbb66d75c749c7b6d5b19deed837e73bdfbd7d4efeff26638fccac319e5d5573adaa9a73d53be5a540c150818080a0de3f444003bcc38b3fdfad1460202084f7bffa8686c6764efa3686c674868e2e5e310a16604470c11b1ec9f466910a9fa748ae9dedd39c6ab3ecd10769c7c61fd723588aac4a828a04fd5f779ffcadb3c0e95a6e5eda722c74c05c86e1e94ef6380f7416603427b54553471539698c57afede99c699cddd92f6649cfaedb1bd9cab4396b992e493f1f8b04200d1d62c179a2add3c5b8adef0637d6272ddef045bf3a148cf15043676789deece0790f60857421c908de2e88e070d39b272fe5caeca64eafab1ce5daa4b897d2ccfa7ebac24f8b74a85490ef1844cd8c68e579f0a8dea1088125815f278349a5b76704134f8670882b80660de4ef54ce91ff971f6a9471ef6dc08080eedf9d00f7b71f6c9d6d9c1cfff24255caaac3363b20f8e24e83f9d38d4009c69258ea6a621a251684a152a384cabad5c55dff2ddb961e24646956de27c2cae2363ee79394fa8ad6adb5d381bb92e215f4d90667868ba2e33179ebc76ee58a46f39146e600aa4e49d395f99a7aac05dbe276b8a29391931f746bad6e2c352a6a2cbd2ba7ad379a2ca9329aaa26ea8bce2a3a4f77078a77fdedca2ff26a2a1b91b79f6f9eec30e79ec6b7bead4537866c4d7ae992a41f85581cb6fdaebf58b43604c011141de5b4ce5c588ea5e5e195af5496ff983b294e3d707e2b5863eb9d95ba31346bbbbafbedd9e896cebddad0e6a50d5f70a17d94bd303e69d180cfafaf6adde6d78d53fbabc29bb2d862e0146ec676ac78a5bbd2a629a3f14d8fdd23e7d9408d60f67e1492c1476dbcf34d4fa5719507d978b09bfde4c7b3d4f965abbebdb51bd634c6e4cdfdf0b937dcbdba2cf7ba74887a4f409a9cb469e7c874112503b8334370e8302ca66e5de8e85d2f5d0269824a50fe925319444bea12f8e8d7abce6dfb6c09e4e06ef921851bb0c2d36f937409e2d7e5e4a6e1e1ed093b705c17fa3eda85840b61ee62af86b22648f88363c14309ae92b72eb36be0edcdfa923a1df80f975a54f7343a508586d9c8b10d373bb3a5dd19865b26be542ba40c86b7b2fe115adbd2c963ea44d48fc613cb1cdfe3bea59fef900d0b0caff6051790981057149c24c6171f32fb336fc28e909573884a49f84d20f9c6237ece88a9b183508929d9258d09ca06d3100daab900749ad0a1ef8058c24d0c78d63eb1de0a02ea5f7997882b010cf68dd257bfa25aae920d5127a0230cf998ee15c592536beb024c2f3abe343f9048eb90989a70850f18b51352ad3390343a27a2793004178999aea3cad3d913f91a9edf4f83e41b4fb11da69b91e876bf06ef174a339b04d0f23308e852aacf904d77336f034309f0b04e502a0eef719f0b4a2b40a5c08022452567ca79a36fdb6f46360d7d222ea9ba5b9d1f27426e2cc2d32e10c507c1469f8784c47129d0232f309137e09ed9cd6541c7932282f905ce82228fa5323ffb234bd81d13d3a22f93708fd2708e0f642cb05df13a39b769471429048588ee5821b90b3809952610a58611860ef02dffe7725ba8083b5201d6d444622ee92c20a2d42c1509ed6b4f8685934a45c40a9f30a73d1bde6c540b8a8c9dc574ce61a84220df9e08ddb8ad404ea03912e2993fbabfb421c71e2c37479bb11700757e3661f6e8fe4b16bba51dead2a7091e07225a6e0e91285e8d982761e4d0c39f67d6cfc62edf91b9459d528cb32fbd174a5279fa2eb71e83bb222b92555891a7f95f9d0e5a15a9061a17846872e2030b4551fb9db13cd4fc8a31ae01ed37c091ecaa2548c571f60be5a4d470c3423f069d354cc43a8df93e41273f08ad760a30834c946c9acace9a4152bf117ae207751341178c807419394b34ab838229111122a4100b28749743b3f1d637e35141665ff3240330506966697ade0231ee289f3167da124f7fdbfb88c4804244b78f5b71ef8d99e166bcc487e60537333249db5388516fb74ffb564e9d3753307ed99db949af1397767f260836b1c7570f7803faf7bae49fd1bb2bfc6ec900fd777d36753036b636feefca342a2725453b33fc791234be7f18abaca58cb3bf48a27f58244d823f2ebe2fff7a2efefe3aff790624d015464dc738ac3a2f2e3aadce4fd65b51d5c245c2242d3a1a01e3437b44ec87e1adef16e6fb7e00f8ab3d2b2763071b7d277317e3ffb4681ddd6dd34b0810be7880a13e280baaebf61488e6b9b1b1be2ccfebd70356eddb8024e350e11917fff6644213345fa58ce911ce67050b621d790635d19ad54e8df60b9f9db6e8fc6c28610f0e23791fc4214f39792431f63e2beeeed704f57643d102d369540f5b8e202d4180304a269fe5918d9828db50754755da2c963bea7d946685095c3dc6bd24a4104cd9affa2993b90446c79a3e9a44a4dfd02c3ea9fb3e85e67db00fcfc213ae936e7e8302b02c126b15e616e57347c0ff1e67121aee14cffb187140808090dfaf18e83b1a5b99db18eb1a195b39e9ff355215f95187557a40db81a6d9c40f02dd1d05ad81e9b924eee4d3b467af26de3e7839d2d07e90a59255b7d3c12beb0edd55569b985f15da9f67cd713b079c56a32f6659e9ae18bd7d9d7557bcd2ee76ccd76e310ec079b04a26cd39626ed53fdff1bd79fd90b9f35a8779e888be1b5840e18f8b238e1dae1461134587f86d4798483e96de8d27ad8c174e7208c85f13104925adc48b05cb2ee9ed842c8b80be0172a488ed094c9ce7224771c37e6c4ab9d931a47932e6656bb0d9a3204ccd926c0f7236f587021ff8b268b10428900223e534258163a85d49024c5854e954facf915181cfc2c2d00af4e990078636e0712f337e0b5006d39bb4155a5c7d4ebd55d5ecf18f08464324c376870453aac052539815254fa3e9e026a390e725aa627537564616b180f44a52ca2eb73e36db2f42d091c5956a61442930be79bbc5f8b7b3a18ad1f242de2df87787c3fee56c731b23731bd3bfbc9c142503d3430f10bdcb3640b824aa13f440b99b75c136a02833ca8f85bd21d619db08c201e773bdb4c6b7ddc6fc9e5f2b8636c16e4f87465e268e0d866d40c99e1149bfa72f5a334a8f13f9d9004776649bd63112241ba622d75e26c2e5c22eb600e666de6318758632ac982c2148f8eb45eb0f1e986b6597f386aaa776c4cbaad9978d236f179b7ff79735d30d7ffcdda27cef2fcc5ffd7536b732facfe32ff21e10f5d2ff1510854f995a93e20766ebc5b4f92b58b3cc1e0f0dc473793e719ce8f9cb1dbec5c53a9986c95bbce6eb01e489c59841bab3087d60556c3b9e936ad9b6bac05134438471c87d448cc17b5be31eaaf65551257bf86138b5aeb26a05e94869569502692c1ac07768788d58860479376ce4e218470e97bfb216405d6f8a231f3a9de1883705a4f4773f14ac5e2fa316f7cb181a2a979b36c7b490839dac3e47287ed987d5635af835bdad636af74d33c609b8a9f20aa997fb5eed2235d157c9624791d93bd3fbc3cc1f853ef40c7d1f3033e4df1190a1be9dbea1b993db5fc31e4f94b1799f0b41771c41713773b1940a89749bc6aacbb095dcf56133a4dd04839cfcb20b11ce34ad61b04bc3f90cb8c0bb7002e63fee98092912f14fd9f32149be42b9ca137dfae6579b84bfa8a70bf7c82b8be008d36634979b39f7491650b4a177cab64e8ed165cea1e78b7ac8c52d7c2d6a51db1b9bc9dc2b8c56155330f7c8738237c3a56ca60ca97517008f743b43fda064a8636d0d434af139dfd9cb8163b0e34b01d6a51f5a2530555360d4e513cba0690ebd5ce7693429895df7019192b25f64b295c66e193b79892b6ee51062917f58f159f83799226798e9d1d2db34ee2f429c7a2c21b5849efbd585085013151d9125da66e5db51ba4a758f205e3a9dd4cd3d685f1d696c769b1ffbec3dd806cf7c38aad761126a1dc30f5d49ee43b498fa09c802064ba826a64486d19d8616805f76a05f63de489e32f9342fe8a029dde6e79ce7e9a845a9864bfd16b598a3d47f5bbab7b639e7b6c940aed493cc9e920ceacef845bc7e76dafcf66657e991830078202ff961948961ddf6ecb195b4f8b0518ae2f3e18ead081dd772bf5b7fed0f7f3da68656b68ec6467fdd2fda0101185f7a38b0ae36db653e09f14640ad7999c2f0c5cd666631256c010b5da09301777783e978e7a15af36362ef373d65366ca74ce8f50da1968e7fb7a1460ec0b9795f237fc1030141ffd586ade3df5b4f50f2994dc5fb4c78cbb11450e0cd646f49a7d23ceaa3a245a995687b32c4969442762456097ab4bf7c1a807eb1de59f2845bacd95a58df27d709b17de4749e1d74f8e5124d70456f7377761493bcc272c03e1e956c0eb54cf9c86d8b01012b1aee3b532070c14fcc69a50c14e4ab9a7b3bf205542a5f2e6c001b52af9dfe8b46808b04a475003c23a5101f1073300426d8568013eabc491ae1250a65053f070e65b159f980d90e5c2eaa7294632ee81ecef0bec7457701586118ee1ab3a85f327e2590391158413c179ffde9b6c72a5be9b4827585c0aaf6ef12c124f43c277ebab0fee27eb2149a15872451d085fc52ecc2216f43aa3529f9154de957ee6f5449f88dbc9c5f434c14f087f102766bae57c83d8e8f823824211dd942601660a4e987b3eef22e783342a832f02673a43054872ef2b4ce248378922a2451875d8bc2b7175bb498be7a11ac4e1eddcddd2a69266b8711cce99668103967aa28f7bb99eb1adea11c889e35d58d34fe124d0b886a1ffd15830bb790672cacb899868c4fa5030eab1a71ec22b262c82cec1a49faa49037b32079d15f80ad7236a25d56dd0277e6b1f315e1be03f8abe02c84dede89f42bcf8e8fe5134c1db57b887fe23521951eedd8bc93b5484d2fb9db46c9920edd9916eb399dc3543dc720cc8880aa32c46f78ce469fb2285aee14930e5918454cbd456422e53edf3cd0640407f3763640a5e4cc0c586993f37803477a4f187f489b8869e1b484f988d28c6d58cb02ff649d60486e5261e882849be4f51339823a13b0909da87c83a8b9fca7cdabfed541f6b556cd3d38da7cc8932f86cb0d55dda78faa7ade51932f1763a16e51b8d0c3ec3ac210bf416e09759f8d4ff76d5adbb577943dd812b740b15452f9782c987d2295cd74e60fec5abfb3ed7ba54022a2aac8abca0519cf27d2d414bdfd986b3b61b1cb25ea5d7a648aaef29afce58cb8b827a3f39927024f5937bed217d99805f5b01b1abf66d1257dd095ced8a80e148b6c7884524155d40fff59e978875671346afe86321f52d18286ba18e29bc3273b9529be7fcf8dea27d7a5f0770b16e4eff967e2a06ffd779454257ff6beabc13d5f7cc355a4987b64ef2efeb6f479c5fffc6c91e1e0152ac07c73286e878e145449345f0b92db6aea528129f3a6319f146125189f4a1432eb08da7bad1995d94f0b0f21eb907457c3d79fe45c8afc02ebeb083605c3a20273397af9c2b298b7214cdb3393b4758857f76efbb933ebe27a1672f012079d54ceda34a6d55abbf7455328d2bf7b0cee96d012fb6e71ff77633375b075b6fb4f8f9d275661408800109b4fd9c650889a6d3ce3c4277aaaf897b553ab4de195686491cf4c9e24bc0a60e2c494d2df60e83c62cd029372cf3cbf0e1845904128af2cc713f3aab6e725399f07e88880e4f43aa021911959d2e361ea9b02388ecc00874ea4fccb2e71aabdaa559f9d7e5215741e96cd96cd3e427915b41f087ece8a0e42f0a1a2e0dadbcd68ecf4c61d39d987fd77bfa7cdb72b93dfbd8c8ff077bfad8c8d4c8d1dfeea77bfeaa8c30a3deada1df5f723d9e943da962797591936edafc29ec090864cf563d2bc942fc1a70f753a70a84d7d54e4818cbd7bfa27b847998eb432c7eec00f31625071eb8bf33c7de5cb2f5f82c49654726f9cc237304492666b2b573f4def7b2348e5d6d16e05eccecc54639ab67e85ba6af413de020e5983b62954f1c792cb402de7eecbf41ea0968f831e3b610c11278c7387afd3f8ce51a6468a46c6b04b02ad14df932ff16d49d50dcb247689da69ad4ad94cbfe15b66cbe9d01d2d3afc6f991371f2ba2c3242474a36b93a8d24225bc25bfdaaed0bf0a7a26a87d243a7bbbaf07e4e42c68d0ecc923730d27ed54f89a6fe820d0faf0b98c95250b3a892a5af80a1721e688de050d1d93300ee2faaef6566535d22f028c731cfba6c930955c7786b7184908ad6ded5d49993d16d86f6dfa99b1cbc7c6d6c635866300bd29849ce967b119ae9b8d5d29ca5cb46f521b5d4165d5e08a7dcaa61cb4e35ad36aa4f33ed24bc90224ab45b549a119c4ad7cc6118ab92ecc2ddb818c14023964c473d6c935cc68647f520bfed311a66b5987c77ff6da55131e844415a4581582bde8fdd7bdabe9b7cf3fa188d72dc378944c0e048994754318e026d0c6de69e26ff0c05560c5da2609d6dea939067c046b28afcf2b9de0b37f397acc7a051cc4925bbd17b7f2d9240d722aa889b0113eea8633170375d9f103a887f2954c2e13c61ae1720348663a44d8b323a36a81e31dc72afa76db534358b69383add5be86442481a0f500fcfe1fc7602f91415cb79257d3fcaaf1bcdeb5ebbd695e6b2238f544acd16fe6adb9af2153a8fe7ebe1f9d02e22ed766ed4a5a0e5a8283e1762692f24c00f92fc7c7ac452a453eee17cfac2c33e5db1aa68676c6574c7c9bfac72fea7d1d8c928ff06d5c301de2de3048b98c8770247b827f07f3fbd807e4569de774b0ce8ef3dd4daf6bfc914ed401d7c173d145817efb76759f4f0da205438f79d9e550a91f2b602c1fb6c17cd114367f99ebc7908430ac9a34338dbe93664341fc516033af9bd2bf70f098d20705434e07d5a8b43fc1d63db193b38dadafca799a8c46e9b40425491bb97e44561fd01f3ce627d4e39a9723d208a5f1711b403a2ae5d3dcd97bbeb4f133d68417ee60abf95260c126dc029c67ccf0de9ddd3baf3d2f8ef78b053a7d5ab68d429543d7de945795f3cfad63b6a839dedced843fb25b8882205e1e5f4778136b02fba7297b3bbd6aaa165436bfaf341dff056f0ce5c134432ce86f33a541195ed807f84ac3b70b5e8bad90565697aa1bf445ddb8b191d65fbc40579d091fdd67a4deeccb870432d51bd5ba95732a82282817f7f22523ed5b848e4d54985479a16b7b8ee7b143987c3869dd6f0c4362c505d7b22f4178d54542999596511efa4699c0c4acba96850b4c4ba3ec3b3d6cf7086654f10b528bb553923475526187133597ae53c80fedb715de43d3eb4ef6b0b2bf4df19b69d95bee19f0cbb4ae5ac3a9f1ef0d2393963fdc84070368bb95d45a7010edadfd7d4092e90a7d36d955c2893c6e8c8698a30ab49896d7f5eeea0ab13ae84654b8c3eced0b75657d616119ac711f1680715d59c19eeb5b43673576526a8e91df4a991d86d60ed874d0166b1baaecbda9e0dfbfc53675b7d6b67e66879441e5a1d55f516f3cab1e53df6fed64b8a42301863787e84b107c2b6b2f2a0e574a29802aa4f2babb08022b47400aa9f41584fbc335087c40bf7b9c2707954a9054ff9190558112f9c57698570acef3a0b7c80e49a5783e2acc35e5f7b37e801b72fb09dd98c05cb312722e1cbef61758505ca51e4626bad19d097e0b135b65add5083ccd07a02c01e58bcb60c1575157002f77e5c69ce527be282f55c57c75c571eeb77b74d15fcd33ed03c89fc23b9fd38cc37060be788ce06245e5360e0b4d0c5bd6db61616048d5e66a50166f7834c1f6f30acbd0e9509624f7f1ef2c25db8a61cfb30f8050bbb19e9d5cbbedb8066cffa49837b5ccf9d8bd129263c409b8eccec2dfa309f4154d871e44e5c1f24fa370ae2e11a5c44ec45cee5bdd98c67e42726dafa79d93b33d9a7c2cc28ba2bbae3c46925304384bb7e774439a4c57eb322c3d4bb6aad28f476a6233142508d2bec3971de964e731ddb6e028b39133f782c7643e4c06b176ea25f8a51acd663b9a62ab8dd6c8fb1aca9545338aacc84d549c7d68721f78cb26b8cb455b4d4f072b2dac5bc0e117d03e9dc5d7c6d485a82fa24f3ae219fc49b21145a12ef5dd38e6f48dfdaf03b3fccc86c02a72dbaf7a91845000404f9f7836543676d54a5316ab32a8ebe76420d0305c70ed38f4426559fa412c91d673f78286ba20b23c54c5b4f5a2b0e0cd19e2ab30fb98fb32dfae6b758c097f639cdd1162d277ecdde14a89775b87cdb2bdbf1628fc93ead6a5ef5c6fd65d4ea6ba74a5af876c3f94eab4f9a78d577f93475dbdfec49619f798b2a1a869d2b4918b0a38bdf5e0e3ac57a7fd9d1897ecb6343326fbfedff74d55f47f79b9d79754d1b7d8078bf2140061d2789e7ee69bcb7a6d1de1fc3ca65432493346898296d50934c306db405534eb8b14db3aad6bf481d9d53b985022eb92249e1885ca1455d8256b5ed49dacd006fba0793ab4fb1da61f8b3c7ad74fb0c6c4322f4eef9cd842d3152641f795c5e5e3f88d86186d6ae7d3d658fdbd5f2fc4aa84fe989f0033bd1f29a88ffdc6080c2a68ca5b36e02e0b6fb7a8eab8ca0b00e81896c4153310e8dd5e00e6fe4700a86cab1ae398cb81fe47be5edcf10d3edaa31342af01bf4fb9a446a2751aca8feb858a93a79355731ba19674a7221fbdd38ed282829cd4bae31290654b54f7e40c5dc507c413c6336f88f56d5778a2146344937eea0b7eb3f57bab31359acc1be414377cbc03cbd1ddce9b91e378c83ea2b43106992f7b2804d5b28912e2e353dfd982a9cb4731a0179ae6f8bd9fc9276edde7413d48c466765d39f02f019b250cd57ff69b0e7498fb989e53d59c1e7d42563ddaa19ff829e9c0b19aacb4e27034b9bb7ba4e92017b3b5deb6e40d29d4adc5fe542a817c666a565e04c62684094509d7214ea72fe33fcd7fd1c97d7652219315ede80bd13b52cf97a734b93e3dabac5e5ba05c5faca0a16dc6ab9de892506965d72033299feee98a0d818e13dd26b5aec8ad81a4f86cb737c79c10b3c01d577a420bb0387a8295583a0eb2ed68c98ed66bc7aa33a26c539ce1d29ac0ec8e4793a2eb55dc603b0915001aa0c0fe8894c77539a2ff495c64f2ada38e0b64459b98faada1186854e7124b33c4854552a164e99b3a3fe5db043a4f2b12e3ae27864745caa1a91d7ea61cad805f82889c46f679c4cd449a1c6e47744fef55b06773c61f506dff24abf2fb01a59bb3b9414c4da744eab7d62066b6ebeefd25f148f11d250a4881835fef968658d12215d5c162f654458b20eebab457d08c9b4546dff62c0791aace8756cbcf83b20e1f6bc1b906ca523d7caa14220da7d257eaae7e89b6a098bc38c94ae96e9a4bb294d7e7f5682f76b82f3693516f1f3ad8fb951b36eab315d32141499b2a07d5d9f9096d3666a7e50629811cc14d1db03bcee041288274ae7f382ea1734a26d6924d15f8c4de6925aad5a9f1ae13c622f1a03ea484395837e184bb2af9182ef804f5f43c6faa2e3a4ed6d4b9a80f8411e1b0c95a0420e538a59398171740543cf040c0dee06b2f8bea5f478aa7c31616020a3cc9a81969ef86c1a4d1e3b61d9e4352238a19a7b6610c53c2b5b82ddff752395e1b6b7156dcd75a49dc527b3ee302ac2b241f08828b92e79a52f17d59bef57172d0a4a8b8b741a6bf5b45d5c5fe18820d2380eaef40d541dd7606143248501ab019426294333cc7c1f380c6802098c1e3e5468893c8e98e162e64488cff0a0fa1ed4d79ac0437458822c716c872e6d5519219b45e5c439b05e1d975b328c7ebb15cebdcedde0e0bde50e04cd098dde4e96c4aef10d874191888c48fb83ac958115f97dcf019410cd40a373d19f41f94298d700fa97e4824f715841629d0476d2b74fc229800880133da7e326335170dafdec37140855172c26b641649af8af93985b70fe1718dd95f6c1d2a98f8337d0882261377642c9bf0a063d93a913329e07ce5edd9c291f7e8b21bc70bc2064be0a0775e6da40d6a0e58519913be3f3bd844a613c23e865bbf3d7bc859f1f6684e396a6f03f2b85873644b9c7446cf2ac785139c14e5b330245632f6fc6fbd0e5e27d9a47267a968d1ff3216da24d39fa0db8e6129f92998f0a624b23be5407552dc365704289b97cd42283b8dcfe6da7139697f4cb22da82e22073b50cf53acf222f770ac6624e10e8b529596a88911eec9412839fcb620d6a44291e7a17b56637dfda0cf718aa951818941c9816db24f8f80cad12797e53da67f248396898d48136171e484ae83bd10dd4f00c08dd700b06334d0639be054892d059a200e6948659dd1328b2c9a72203c418f9ede3fa69a3ac0576e30866dffc9f561cdeab8ca1eedaf85e19b10cf8a6d018de087384e77973575fdceebaf25f9e038f45d876f6f38574b4bec46a15855c71d228cbca3948493c499050efbac9db3cd0b3bf24627bc79c3c648606cef4f8951de63e09f1bf54fbe7b02953744f8a28f27a3846358bd512b58593a63ce4ad3c84409f10dadad39a67f4dd5e20bd89ee4901f8f05ac9f38be256b96e4d20e530239bdf4a6f798d7c93a1765e0c4144278f5311945e9cc111ec86de440a42265f14d010ed678179066370eb2665e4e2f3167dd6a419410b878cb7738bf00b98250e8bc89a1d38d119bad4e9984438bf52003fc977555540fb7662ec385e8693c4b6cbb20261d7a088926946dcd2403bca4c041aa7203523e3932f1d6287ea02676d4683276406a08f2c4b1d13fdfc69a2246b4fb7d9719c6fe535bd70666fc4e19217e280d2cbdda0ead390eb497d738ecf265b2547ae7491d86b733a8d091545b0b647b02a5a1b5b62788bfb1a1974a2a2bd37ad6e1e22f10d9a0035326b52eef486f0d25eeaf2d46cac8ca92120b6d5ffab33a39c3f25879970df857dffb81e23ec2de2fd25455b2b97fb4b44405d835aecf7513876b2100a87c5e14618c403527c6a074000217312731fb60bcc32f6ccc0d877543a1815d5a153492a23765fe35d9392cc4dd468a06795c5172742c4c0965fb4fdd5a6daa829176907f50dfbc883540635e6bb968e658981a391ad1ef52695b3b18166eda548213faf8d9999041b951d55aa31d2e11fec55a269b4fbaee0b0f327801149f4c5961d243a58a3451c07b5faf7bb891129c8db9ec01d34691690c64187cbdb734968288c78e8476ef7c5da6c13bf1cd0e49d94e1f0dc96eccd1cf8e9f2bc21ed01892526b40dc09d1fb8d6671f4f75a52187cc306cbe51da866a1c3f5839b29826c850ad30721e559edf6c34edd3d09bb158f2533a62a2c4f41909e08bb0fd40b00b4b5415bd5a826f0e72eeb3b4dbd2b29b2a7815260cd2c0d5205c20235c591e25a62686cd02c2b517aedea448c200f2f92e9a7817b3c59f8e907d3540f0cd1ad45b92a4916206b27a54dfd470e7141a47a2bfb3806df3776bfab778f79c51f36821d66e618d71dbc3af2d71a2907bcc37906249e3bfbce9aa610af90d071c231ba322d5fc7e89272ae13a0d7c0b63dffe716fb59bb8e1d50b8dda833695c255dc50dd30f172d7f674123da282aee474298901449041d2a413f3248fe13577b8c41a0840ae3d18701ca16b847e9e68906c3ca835d2ac2f0e9078949e7de49f3d6c31f82e7e9b007e50f7847bc0e73c38f655d7e41c33bc059ee4b38fb0334e083ae0135fe7467e41b291a872e7d813c6a76fbdc37c38cb789727e6a009922103be4a2265e2c86cb8bafd1711f6071ea2359d4f29084c2765a0876bd9a52d7266d42578f31cd2bab7a05019bebcf6ea9f73b74851e8c85624eeba197e8e8c91ce437e5f6e7f141fe4f92ef4f989aaee4903a1087d1c36ac5eaf973a107bdb7094e72b7dbf85856c2f4c814e32529fa30380c8cbca2f37395be989a807232795b4ea8a074206c64f6db3c419dd7e5ea1b1ecd0596833f3291f2bf3f7416ca2e962eba7c566a1c65a374fc11b51f3a303e3451dd16398b3063a754f99f1a61e58c6fe01c1ab1a1a5bc7836a9c8da39f1802d1629b95badeb8026eed6da30d4fecc32d4e0d4fd1f1c2a2363fad209113a58d1dcfa4058645bf1308d1745a8c36ab52d9a6f4c976132c4ba6ed7320a9b00997bc381a8b813ea30b0a17a8f26a023b873d631fb8325f83fa50464fcac6926a48cf02e4224197446df43311dd9576d3f9ccc36b2822f498614b12f40a01ec6f1f72358fe93778f977cbedfd83f8df905ad7d04cdfc6f43f72159e480104dff77cfae247101f8b388380a624e5c0f51dbe45c7f818b9e5ba6cb1af1433689ec93066a60b6f3ad3357f0cd91b2713a56af02da547b83e8160878a385c441f10b5f8cfc56e667a8cedb30f69bc314ee978d2bbc5f69e65c3ffd5b8b3c37bd38e7fa7f2ce316b3001f470411777349061e655e7e6a4898a30af895f207fbc1ceff3eb7bab1d106f48d47348602e522d018ca1dc849277b5cfbdd217434f6742d9439d5f54c931fa502b03b2529ef50c02062887d27b1939e1181f520a37bbd1046643e25b7557926e4515da14aff2e62ac79619c25f6b5af2e5d0f04e6c39376794bfd820fe90a73e0c0e9f52aefc45333ea758142337b603ffeffe177a873924bdf7dd14f2efd7100efa4e7ff77d2dfebfa73b3c417137ca8037d22b106d97791e86e20156244952f1912884d8843d83a24a4e3b9fd80e12dfa943f3eb7bde68f41eb02dd742309468b0ad03e1e144b2573a3f1d2d3a1b4e816ea77c0359aa31a4e8f3200843213a3d8656fff5a5ab15a0fe8776695f86623b01c4bccc8aad06827c31292c842bf9ace3bbee158e6d238c663d07d7cbef1af8f48b32bf383098364146f97967b3ecaa7261cac6a6ade49233750d077669aaf098d37a0d6c1c7aec0bad0d2989d247001d1cf9b4798c3a3ff9138a3eb7efe111661f68adaeeb343d39620eba11cb77f813989377b5346b4d8637adce7fb7eb3c371aa849579d6ac8b27a12f52bbd13fdadf33dd2be4ab809f2c7c1090e5d6be3627e5cd65ce4150fe87d4ce38a77af3bfe62f8fc5e7b8ea384fa4f63f0430298cd8beb2748393eda3dea9dcb6b2faab6740297c88b635b3e2349b90bcaace6b49feaea32c4454b6cfe8bf56a55602f25847d5c4409bf4105ab5d17437f60b426499f6457e010cd4ad6cbb268557b6ba975f914c63c5c0bc989f99c1fcd2d217267a5bfa2c81d7c3841fd92dbe3e1000304644bf6f7db1d076347672b273a0b475b9b0e8dd1ea5576e4b5036a3050d0313d1b587775c412b52bc80e5b3830c97c6bd144cad8441439929c8487e0f50d820ce21b83e1df329c6b69116df675e26815b23cea37ab5c935cb1e5f91de4da2288171d1bbef55366f0a8b4908f8c8a52e52c4941ec397ef872c22b594195342769762c573a5027be89fb1299c5fae71402a9f831f6acb452eef8a8b5a0a3356f2ee6dfe9dc6539bf01a49d8ac28a8334cec6d4bc619e3b92f25be3cf05197ac588d0b2c0107caf97a710c9b6ee5bc93a60d9b73e913ec5d01bd45024de6dcb86d14812617b0c53c2f6b0c325f44d469b279b0cf7a94317fd7240cefcadc44beb48fc59f928dfe48029c9e999db931c2a0193bd971b4ece0d135c7f37b48cd2348bc47496a9e199d1e4983d0fa32878216959e7f0934d7f9283602188d742b8a49edf1552c2f25addb9626d719ec8e765f86bf37bdc6ad129453e7c6727390bd25969161129d4d236702ebbd1dddf4e5fbf54aee654a24699ade615d8da89bbeb2f89a20498b4e31e8f83a466bba47f9312684d77684bafacb00655fd86cd0efb09cd17dac6dc26a5cf3e36674a82bac6e06604db1ffcdb736ad02b03fc986e73533f9418dd7708da3084cc50ecca3efb6c0250feb09ce065a467c3353750736c8913844d99955b01d3822a97cf644790222c1511c9ce01f6eaea93993779e4a8631d864af7bec68fdcfaaa89046645cb51e743d835f46805ba20bf6334e203f30882057029d01f36d13dcdaab872a2e9f28006670a7711054c7f8fe9a69c406d6a5cc814feb0f546c733c743dfa94608398494fdee3726f84dbf40c7c77181b1e3d50a2b7749834e432d001ef1f60eb7925fbdb949b5ba748310f7073cba4a82288741aca2139e35f00fea28efdc0908c31c88d39dca9ceef54d22d0fb1c24378d668004e738020e5055675406573ebd0dc928de6611aedfa4b03950d4f1d496a9f7626a4f08048a30d7607a920b1e6a08ac7e1b6506786c8b684c892f96c47c570375237abadda0b2e39016e5a6fd827c7f9af297a14170a323738fbaa6e690427c10e493ea42235f4db14a2a4d9a4e5b3d1176acfc60435d9c76bc2ca4edcc9fb1f813bb9650cb710e1773d9936cfd761de21675814096f905112531594f4a2a6ac7066af045e5a4d4543d34852cda5a85988f7813ee24e090ae2e7d81a8a462e0f691f3606b4230289eaa20b724e2c895063c5b6337ec1e7e821b1e8500c5eec5e48dca6fe010825973e02e22124dab5007db05968a0a3d032337fb6540026c3a4822c0cde7593966d12338205948bd30904857c03fcf3ffd402d15c328265d5e6ea8dee24978a63693295c5f6d6ad946c5cf6acb9218bd5f130903dd90f11c6050c212cf80bba46147a464a696e7df7185c050d9c194410265a639eb728dea5af47db6ddb481ccc00cf7c85d759de1fdc2d101b039ed4dac2847433fe608bfe3a776b7b08497ae122ec90dae91dec4ae6ab239b4b26ecf73f0e30706c79aa504cce0545445c51a50cf248cfc9c543813e5c5b5ae453fa20835a41c2ba38e1bdafaa136b951aa1849f3381cfc89a229b41cdbbd5456eb7b4f84406f45c8452c4c2d441f57c8d3186ff70904f593282993ca54b0275a2c6877626ab9882edc4bf07d1fb616e593d603bea66753b1e5173ffa86886c5b009aeb9ca304b06fc7f0ab8df15cfacfe74107eec75d2c0b8bc70136360168b150d5b9c9de04908a45a8810e0002b785046f2b2128586b6c2661406096dd93f2d28bb0a2926b3087a2d04ac6862a9db5bb4c0ba938061be5682bb6a30dec80776c2c7dec249cb614dbb0dfeca3c1067ac4a5a1f93566e1273b3615ab33bb928c9c6baae0baa446cc6574266449231a0b6a1b5bfded93bafe3cc5654eefcf229a5681f306527e8a8a02a52e960010309a9db16bd0c2e774f658fbf3eaba3030fe5c35546e5ed69974a82779a7574abfc52f43f3798c44626dfade6506d9c2656b949630b0a5d76cca4f3d2e8ea1c9f2f697b429fcee8c7c5f47289522aa782a6f645aaac4e8c7528e0b298f34c49f53fd61f4a5d6ca4c687674b361064e1f2f5fac67824aebc7211df51e887297458629c182419125905f92d97d58d37817789fd496a909cb7f6599c592ac6de3e95c1e9f83b9cc80c6db94664fab01c6b21f7ef2ee01fdc2f96d5aa7f4c25da66d2560e9812522837b5b9752db546feea9ceef0f693384668c6baa6ac5aa5792654ecd43bf82b0e29a5095d1c6e64349707b8236ac7cf51263361bb78e7e7ead84488720199c3f3eed057f63ab1f0ff9faea6a50b7e8bb72071b39d8c13ab083836435d57db7e6da391bed6ec5af9141e535b856e27cc17787b51f904dc3e75243a83e237b4605416554f1625cbd65146a0ef0a3d28b9c51c8637ae04f2e4c65667b181500b1d37ad068325d34c5bfb46ef59e1a993dcfb1c621d68e2a5a79a3ed8a76b626b28f805469bbd8f7769091b9285d344c797b77cdb5fd60bd6cc552cd5c657c11458499d40eac429668a2d4e019f67746170ec07023b2d6c8338428f313b210ead5a63df48e635f51244ba71416ac798ac1894a0a7d9255e877653d1c8b83a68627c7726ec062668876fe7860a89e66fd2b64431f0a0ea136ba8a5f1e194aa8394a3f7de78d618ad19605f405391cc144007e61bf309b9d8d04c64cefe4cf988053a7485985d4fee1a3c4a99c1efbeb2e7602d444b35971437cae4821e60c52dfd6b1ab7dc9614fe2f4d0d98ae30e8c09ab624dc554b66c7d58d3d9caf3ded35737750bc7208fcdcadd1e72a6bbc80627ed96f9a93b9072ce2273be733bd64dd61021024b455f67c3c92fb851ce2fb9b0f78ff3f71ace34bd9415b3a4918761262a8971cce357cc5109dc13b2f669cad3bf3c47660c511725f82788a2f239ab4f3849049c6545f9445024b973227bec791ba3553b390b3d0d85b1ee4b9875836be4821329f8f87dbee17772d6fc94a6ee35b3edc652e5d577cd54d996d863345dcb523219bdf9e126fbe0249906ae90deaf719c33e0e7783fd4c995df27c4c3dfd37e310ebcb7e3ca181e0fbe18b323c1ce3b2474e0e3f25413f9490c77f51102f01c817acdba8fc1dcfab3a3171b5bad5996e4999d5b44005b382d474401757fd8bd6c84d4b3f42bd1994befd229dc333d620f33bceca012eea039fee48c1413a676ababfafe2f9a0c27017efae8223a5786c91f7b742468a7050f4e938b1b022f9607103faea745b12ce703f20973cfec7b3162dc007d5bbf5c39f7084db265701bd9d8eb32a2c930d7256a4473efb26fe4ca795cbbdd8c8042cccbc48a30f63ffb4142b8bdd463eef6838ab8b3d0b0165e55d774fac8afb475bcaa297e96f6c3d14a5d98cb68f6b9edbaf69581b2f45bfce1fd2b7d7143aa9c7ba41bb66318e785e33a8066594923ffb2269eec8155637bb38cc6fe52cc28ecf7c5fc683cf078b313bd2a175469f2ca91f557faece101f2e948cb522909739e5f4076e07ca99f9d8c532a8ee12311f9a316834c2a8dace0e83d9ef5748e825d7e021ec272c6947da712411129f8a49f51716da848c7947ae8ba2117e4ba98fa0a4f7aa76316669fda7e44e30370dcfc7bb71908c298f547048e3abfabc10cb9d517e80c772f923db37a8d624c82356095fb8092f8f6e877e3e4c06733bb4346cdac3c3d31f80cf35ff4dc611fbdf5de79636954fb6b7e83c74bc45830b0a353c7e705324d63b89fccf61792e97fd90e5b0868e65d9df678514cbf82e71de3b6645e6e9bbc7885fc7768bab67aa193ff6ef902ff7dc5c1dcd1f2afaca268621cc19f1e0ef2b2adc680ec490f2e3b188e32945fac5174f7ac3f2115c0e36af6b9b3f1edb1b11fc83baf6af0311ca5675b68d741e43d5b675a8894e178c4ccb3071e65bd3f12a6d62df497860d3d350b804894e710a772b6991546575ca26912f563d0c843a1863174cab6c8386bd2de0b6b9437008a0b553b5b5663c36dee24206e2372d865b99e7bc9f07e65bf3d4bda48c8828d6ee6fbeee61488ba710bf6ef71a8a79c20fa8202013141ff9dde391a1adbe83b98dbfe27c8765659b5d96105784daa81b9af11dbc5cbb49da95d7b2900481c68988ac59331a8cf89dfd68944240b1771baa0988526f6c6d27a0910636240eda2597df7d99f6fee03688c84bc98e970a273b95f552b09d0ddf8bb13338d090f46b78ee43d651faf4cde5a57bd7079be3a080f3e436bc1b8b93eaa6676533a91316913ed98fe8623b9379a51287b1e8f42f4ae890e4802462de22a36ac61516be08222db96ba61c722a558845b678ac0566e9e896b127a5c0d479b71447136236e475f9cee8e1c1fef9d1d5d5dc86f18007701a6d0575e62fe72050989a14c7323c0809b5114ad5fe535897f139927f1eb46be7cd50e893d009d0b20a833e566eec4e8954cbf90f6157bd6028fdd42b23af84b45d88956081049791e74d680d14983a737fb0000af7188c2e9f0aa655b928729684ed3e66eb269e1476ea6ac7e903de4920d1a9fedfe701a59662ac6cb1c6ef8501c78c25803b0f0346aed1d092e8d0717c5ceae0f359db1f7cc4352fde7ce943698f03d6731f69bedf460f36c383ebbc62323bbba6a10b69559d3e03468653b6b8bd3cc6090d6522ecc68183e238391ab2dc4472f92833b1f0b1508e66f03948de2b463334ff76912596e73315a3aa17591af283ad4e93c5e61a82832f5841b95b4634cd10ad2982bc2c0137dca2b25aca32646d829d24465a8a1f44eafdcdfed320e0606072ca3db77b2137720bec6131e3b35822d4401fc547d1326fb4b04cd3684abfca97760cd57a99913eaa9f9dc38ad9b899bbfa7f43fd8900e0be8bc264211c7d535cfe8a56d717f51acb55cac8a2a88f79c076eb5da171db35923057f11b69304a27ab04d1434213a9c51b43ca4bbeb519d84235873b1becd6174a312c7e7be22ba6adafada1ad7fcddd9267a504608644aacce1a656e6f7363620aa1ea51a1b0142d16e5b00cd0401d0c210307e5d6c2868d0c2a4a553a804372118355553d4693be8f54cd1af34364754b24fdf02aaaea27dabe72ad35ccade8b4f29d43493bb0f25e1e8cacf595f0ca3edbbe943bcef1cedd8a84cb9cbfd9d7e8288b0045130daea16034455a17e40370fa2f3bd23bcbd6269e838eb1296bf18b23211509eead5fef465f4059a63eff44992ac0dd8deda41eca3d85769f8f7ec0ddce4af1ba2b0afa3d2e9ac5a0b4828d836694b5b4eb2a69a1659a3ea8c140267c326bd03ddd2af9a575ac22d0244aafa3bd49b2efaa5490fcb4def8ea59182a0e81c1e017e7efc9ac0d3ae1d5b3db91cc90c990b70f27ab483496b0d0efcb4d21081010ca7fa6aa99b1b5b1ee3f6b768a62642c4019e082ee1c93b04996e3adb473c50ed76753378db6b1186589d84e7e6054081dc9e5c6c65bdcdcbbcab973665ab8d149a54b7265a4232cd35c39a42b523bb2187eb952b660b594724e88c649186859f01c6a4873fbb9e745fdb9b8e86565c18537b9f545dfb5793be7dcb255665059936134d1a2faa46b7bdcb0dcb6263837061c65cbb0d50861da9e10070a1acd071899790093a62ca292ffced826c10f34a3a47df4a6ad94421f713db85a1e58c6093f7149534e414586d488547014935fb8c8d4f382d800c9d753b9f5b36306dcf6d6ccd7115d2f865a5031609ab056ef7eac6b84f67c585530f65c71315feca9933d670802baea1ffc9899fdde420c873efe3efcbd5c1f64ef0d178e16ef9ebb04fbfb3dc2df9efb8fc7c613046c7018e044ee7e489af9218bc03bfb65e77a08ed6c35cbe2cae4c669eedeeae3925acb631ce6fbb60128a1fb0e66dfa65adf8a63608c3b174baa5198b3262d39aa6c71b25c76982257da1ad71827dfc3f00a1d97921984d6db35579b0455f644c3a032e6b5716bb7401dfc0504632d0b9687157dac8b9b3c824e4d43ea060201d3592b77f69cef7827c0d73aab266745e94360ba7002dd42c4602081d6000a8ea0c0f858a40200a9bee47084e1359528b62f87b103a88909729b7817b1506dc1283265fe4d6e6fcc9ee344f19e033a027e108f554112511ba55f5c1065c9f8e749d7836d3f22f59b802b69d6ccfcbbe2f86db4ca4585ce0079e4112107e16114d3c2fb306b1c7a14264ee843507204fd2bfded451755c7bd716c46f530864d8075e1f88365e0a226e367a63058dc619d4d1fceef3771e3f19b10c827db89dbfbf1272b399fe35e4a88d6b483daad0d72d26cd0379e0e9e42807c829b212e9d3ea99cb87341ea7c50f14e2caa6afda5e215f9af3ac8d9c6dad8e9af1bc2322200f31f7590c7c6768e700f325842f81aeeb397c791bd1eb66afdc4ed96f99655de3c98f3829762e897787dd0950d4fd23adaa52fa2cfcd3af252c020a8a0ffff32bffffb53080cf43f8afe3eb21f4be3feb050c0ff2e94fb487e2c5ef943e6827f2c65f9c87e2c44f9c30220fe6759ca47fa6379c71ffa1ee27f2bf6f8c87fac58f8c31b43fdab7ee123f8b174e00f8806fdcf42828fdc47f5fd1f0e06e6df5afc8fe44715f81fb21df69f9af08fdc4765f71f8e10ee1f3aef8fd847d1eb1f8c1bf19f12d88fdc47e9e91fee1cf19f42d48fdc47e9e71fae18f04f21e847eea3e8ee0f6784f20f09de47eca38cee0f368cf22f51dd47f0a38cec0f0882f65154f691fda814fac36a62fc3fddd047e8e359c81fa89af87f9c8c7c843f9e65fc81a9493e9c6c7c443f1e23fc414f48fe71a8f011fbf806fb0f5642f6aff7d91fc18ff9c51f5090fe4fb6f191fa18cdffa160183ec4f61fd18fd1c51fb481f97f8d35fec7e2f36193fdf305172cffda723f821fb7823fa03fdb3f360679297088bf2e63bfffaebd2fa47b6c7ffdf77f002170873e');
INSERT INTO public.blobs VALUES ('af0f0de5b8d30ebd2cf00a42d1fb760b381e97559b6fc6c7f1b4b39fc5660122', 0, '\x789c65556d8edb380cbd4ae1bf5d0c3299ce6edb2bf4084521d032ed68224baa3ee2c91673f72529d94eb20182d8a4443e3e3e327f3ad01a4306a7b1fbfee94f876ef4519e47b009fffad4e17b409d7150d6cc2693e378783a903d9a74de6c5faa2d953ee9687a8c2a9d207298c3d35772646f31b62474f4834cdaa79c24a7866032580a36b2ff8523adb608b9dd39b2359a6c3499674849057460f395dcaf07fe0884c124ed8bcb37375fc83c4698f1e6c6e1e9f82a8043f031ab0b4403bdc51bd89c2f47b8a0550c95ee46351b5772c558b3153763be09fbe5d090708503cee006297130178cc978c76fec0bd1bf11add5d2697494ca768cc897ca7f97a147dbd540cc6a584f9f09311f1d4b2e111b875c333d3d334b548db248c8a5906fafab6d41339d7225a552153654cf629aa25ff249a561e73ce25034aaecd9c40011d97bbcc33a445804eac947f36f2db31b4d4c5530c7bfc965a1bdbd083b0c3056f0c4bcc2779c03fb732c28f270891e852235a0856bcb7fe7f0142316b795345a7c37dcc7e7c33ff4fd4a8e9fbf389907a782f7562dc60d7ed9edfaac8c930eefad3117d28ea25faabb32b20b891a3711e98db5360a30cfd89761c2bc06ce7026cd908ad7a89b41395ca4bdc65a18a491d52744e7dbb80f76d55f259ab0c783b7b347434b35cc81cabf195d7016704a028f5392b607cea7ad4f4d39eb5162b529f4ce7a376f5784c8da27c79b37346232541c180ac983ccdc0ee5b52e8166fdbad5114a6f8daeb34597fc4c1e57ac7d74d178ed9ce2c4255bf3bb98c1c8706d69083ac6cb63a8d53ac3fba6e7cd7617399981062ea99445554d717c923bbe55e5c7512632033db477e6de35ff8f36876d96db209ec04d4d3c5b4a6a0db52bcbe0883ca85fbd1908c58d41ef6eefec55f9c5119bf91aa4512b5f112fc69724273f369e180ec1a091aa3bc4522304ce240a241487e71be427da03499467682bae4bfc655d5cc50da48573a9bb0bacf54bc5c65cb8a1a9087aef1ccec4a4b4be7fc37336974dcf295fa371d3fdc9cf8faef5daff1c13d0ff45361dd301369c60df51455c880fff31bb9d859a9a52cf28d2093e140b325db28aa6b6c22ac92b03543f2fcb0091646f48c4d2546640fa9ccca33c494bc56611c72291933e51a134a98ad4527bf0513514730977b341fdfbf80fbd376c94');


--
-- Data for Name: datasets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.datasets VALUES ('proeve-1', 'proeve', 1, 'Prøveregion', '07c090201f516b069134ca65b11f1dad5c8fcd8c2ff296a174405ca9c38e263a', '99ddb12c0b8dbee310f3d5852073c667ca696be73ca477e60acd44cf1abf0d6f', 1795407345956, 'system', '');


--
-- Data for Name: run_events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.run_events VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 1, 1795407346027, 'state', '{"state": "queued"}');
INSERT INTO public.run_events VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 2, 1795407347727, 'state', '{"state": "running", "attempt": 1}');
INSERT INTO public.run_events VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 3, 1795407349547, 'progress', '{"phase": "L\u00e6ser data", "share": 0.02, "best": null, "bound": null, "gap": null}');
INSERT INTO public.run_events VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 4, 1795407350393, 'end', '{"state": "done", "error": null}');
INSERT INTO public.run_events VALUES ('45914666-b7fe-4de2-8edd-46c2cd54d52e', 1, 1795407350472, 'state', '{"state": "queued"}');


--
-- Data for Name: run_plans; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: runs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.runs VALUES ('9a668b47-dff5-49d0-aa5e-7b98e8582df9', 'proeve-1', 'proeve', 1, 'fe8d12edd92fd65be470a3456297f50ffcce196effdd2f12317f21cd1388e4fc', 'Proeve', '{"seed": 1}', '036ad4c543622a46e7f36894dbb9f63c1615efe859484bf8e398d5162b113933', 'done', '', 1, 270475511.1103583, 270475511.1103358, 8.307942921735995e-14, NULL, NULL, NULL, 1, 'key:39290552-098e-416d-891d-cb4ae4b02d42', 1795407346021, 1795407347725, 1795407350391, NULL, 'cfdc7c48ac8ebcda233434483aceb7a37ccdafe79793743014beca200241ad58', NULL, '97f724a6c33c98456d32ea453858d315601621c8e1c5ef390027b1d84eff3e8b', NULL, NULL, NULL);
INSERT INTO public.runs VALUES ('45914666-b7fe-4de2-8edd-46c2cd54d52e', 'proeve-1', 'kort', 1, 'af0f0de5b8d30ebd2cf00a42d1fb760b381e97559b6fc6c7f1b4b39fc5660122', 'Kort', '{"seed": 2}', '8570ee47a92019de36a12374fbc93ec77f8a504a32fedfe78f93e24816742cd9', 'queued', '', 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 'key:39290552-098e-416d-891d-cb4ae4b02d42', 1795407350471, NULL, NULL, NULL, NULL, NULL, 'f88b047c53fe96fd2cb038fd586c1a6515a75e7b26123c9f9c4480f306dc7922', NULL, NULL, NULL);


--
-- Data for Name: scenario_versions; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.scenario_versions VALUES ('proeve', 1, '00115cc76925e9d906c06439f014a1c207953b10080d820ca39c16365c88d376', 'name = "Proeve"
region = "proeve"
description = ""

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345960, 'system', '');
INSERT INTO public.scenario_versions VALUES ('umulig', 1, 'f66856d19715973676ab717651c519892fdf5c1d913d5e5bd5777253790bfc89', 'name = "Umulig"
region = "proeve"
description = ""

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = [
    "nyt-12",
]
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 1.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345962, 'system', '');
INSERT INTO public.scenario_versions VALUES ('fejl', 1, '2c3085919f68c6e3cab5d2ea6ffc6b8101ec346986a2529ec3311e3b4753b35e', 'name = "Fejl"
region = "proeve"
description = ""

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = [
    "findes-ikke",
]
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345964, 'system', '');
INSERT INTO public.scenario_versions VALUES ('kort', 1, 'dab9bde3a0311a59cdc493c4fd110310a203a4a8700b96b398ad52cbfea4d3fb', 'name = "Kort"
region = "proeve"
description = "kort"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345966, 'system', '');
INSERT INTO public.scenario_versions VALUES ('lang', 1, '13d7b051fee64c2f309dc349771ce843e2954d7e26ff2fd124e4ab13806e996d', 'name = "Lang"
region = "proeve"
description = "lang"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345968, 'system', '');
INSERT INTO public.scenario_versions VALUES ('uendelig', 1, 'a85448f5d5c4ed63a68d00545bbfac69c67d02aa9ae2fc3bfa3afda7f38b8c74', 'name = "Uendelig"
region = "proeve"
description = "uendelig"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345970, 'system', '');
INSERT INTO public.scenario_versions VALUES ('styrter', 1, 'fc65b84233f838d06c4f510087afcd844bc59c5c846c38c93374fb94d60d5bc6', 'name = "Styrter"
region = "proeve"
description = "styrter"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345972, 'system', '');
INSERT INTO public.scenario_versions VALUES ('hukommelse', 1, 'cbc913a3e04117f4753c304a962dbb00f52fba67f3ec28c3a89e67f95895ae58', 'name = "Hukommelse"
region = "proeve"
description = "hukommelse"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345973, 'system', '');
INSERT INTO public.scenario_versions VALUES ('taber', 1, 'e40aebc469e10751d30b5fcfd6ae107278ea7794642ddb958d74678d3a42d9eb', 'name = "Taber"
region = "proeve"
description = "taber"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345975, 'system', '');
INSERT INTO public.scenario_versions VALUES ('ensom', 1, '8fd6ccf6fd2140791906f05d7839228c4920209eea25168b85b4671dd2e04a42', 'name = "Ensom"
region = "proeve"
description = "ensom"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345978, 'system', '');
INSERT INTO public.scenario_versions VALUES ('skriver', 1, 'edc477e8d89d9e258dbe3fb726cbcb2d212dc2bf177cd398ed068017b72c5e5c', 'name = "Skriver"
region = "proeve"
description = "skriver"

[horizon]
first = 2026
last = 2030

[demand]
projection = "central"
source = "tabel"

[demand.diversion]

[costs]
discount_rate = 0.03
travel_cost_per_minute = 300.0
unmet_penalty = 4000000.0
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500000.0
frame_penalty = 0.25

[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
conversions = false

[projects]
forced = []
forbidden = []
committed = []
previous = []
change_price = 0.0

[underskud]
allowed = [
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
region_result = "own"

[underskud.scheme_by_offer]

[acceptance]
enforce = false
expected_limit = 20.0
risk_limit = 40.0
tolerance = 0.0
subscriber_share = 0.8

[levers]
takst_reduction = 0.0
takst_cap_new = "tilladt"
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0

[levers.takst_reduction_by]

[levers.takst_cap]

[levers.lock_in_cost]

[futures]
count = 1
source = "draw"
reduce_to = 0
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0

[solver]
name = "highs"
gap = 0.001
time_limit = 300.0
', 1795407345980, 'system', '');


--
-- Data for Name: scenarios; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.scenarios VALUES ('proeve', 'Proeve', 'proeve', false, 1795407345959, 'system');
INSERT INTO public.scenarios VALUES ('umulig', 'Umulig', 'proeve', false, 1795407345962, 'system');
INSERT INTO public.scenarios VALUES ('fejl', 'Fejl', 'proeve', false, 1795407345964, 'system');
INSERT INTO public.scenarios VALUES ('kort', 'Kort', 'proeve', false, 1795407345966, 'system');
INSERT INTO public.scenarios VALUES ('lang', 'Lang', 'proeve', false, 1795407345967, 'system');
INSERT INTO public.scenarios VALUES ('uendelig', 'Uendelig', 'proeve', false, 1795407345969, 'system');
INSERT INTO public.scenarios VALUES ('styrter', 'Styrter', 'proeve', false, 1795407345971, 'system');
INSERT INTO public.scenarios VALUES ('hukommelse', 'Hukommelse', 'proeve', false, 1795407345973, 'system');
INSERT INTO public.scenarios VALUES ('taber', 'Taber', 'proeve', false, 1795407345974, 'system');
INSERT INTO public.scenarios VALUES ('ensom', 'Ensom', 'proeve', false, 1795407345978, 'system');
INSERT INTO public.scenarios VALUES ('skriver', 'Skriver', 'proeve', false, 1795407345979, 'system');


--
-- Data for Name: workers; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.workers VALUES ('regnemaskine-1-1928a8079488', '0.1.0', 1795407346417, 1795407348879, NULL, NULL);


--
-- Name: audit_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.audit_id_seq', 6, true);


--
-- Name: application_versions application_versions_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.application_versions
    ADD CONSTRAINT application_versions_pkey PRIMARY KEY (version_id);


--
-- Name: application_versions application_versions_version_name_key; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.application_versions
    ADD CONSTRAINT application_versions_version_name_key UNIQUE (version_name);


--
-- Name: dbos_migrations dbos_migrations_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.dbos_migrations
    ADD CONSTRAINT dbos_migrations_pkey PRIMARY KEY (version);


--
-- Name: event_dispatch_kv event_dispatch_kv_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.event_dispatch_kv
    ADD CONSTRAINT event_dispatch_kv_pkey PRIMARY KEY (service_name, workflow_fn_name, key);


--
-- Name: notifications notifications_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (message_uuid);


--
-- Name: operation_outputs operation_outputs_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.operation_outputs
    ADD CONSTRAINT operation_outputs_pkey PRIMARY KEY (workflow_uuid, function_id);


--
-- Name: queues queues_name_key; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.queues
    ADD CONSTRAINT queues_name_key UNIQUE (name);


--
-- Name: queues queues_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.queues
    ADD CONSTRAINT queues_pkey PRIMARY KEY (queue_id);


--
-- Name: streams streams_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.streams
    ADD CONSTRAINT streams_pkey PRIMARY KEY (workflow_uuid, key, "offset");


--
-- Name: workflow_events_history workflow_events_history_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_events_history
    ADD CONSTRAINT workflow_events_history_pkey PRIMARY KEY (workflow_uuid, function_id, key);


--
-- Name: workflow_events workflow_events_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_events
    ADD CONSTRAINT workflow_events_pkey PRIMARY KEY (workflow_uuid, key);


--
-- Name: workflow_input workflow_input_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_input
    ADD CONSTRAINT workflow_input_pkey PRIMARY KEY (workflow_uuid);


--
-- Name: workflow_output workflow_output_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_output
    ADD CONSTRAINT workflow_output_pkey PRIMARY KEY (workflow_uuid);


--
-- Name: workflow_schedules workflow_schedules_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_schedules
    ADD CONSTRAINT workflow_schedules_pkey PRIMARY KEY (schedule_id);


--
-- Name: workflow_schedules workflow_schedules_schedule_name_key; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_schedules
    ADD CONSTRAINT workflow_schedules_schedule_name_key UNIQUE (schedule_name);


--
-- Name: workflow_status workflow_status_pkey; Type: CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_status
    ADD CONSTRAINT workflow_status_pkey PRIMARY KEY (workflow_uuid);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: api_keys pk_api_keys; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT pk_api_keys PRIMARY KEY (id);


--
-- Name: audit pk_audit; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT pk_audit PRIMARY KEY (id);


--
-- Name: blobs pk_blobs; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.blobs
    ADD CONSTRAINT pk_blobs PRIMARY KEY (sha256, part);


--
-- Name: datasets pk_datasets; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT pk_datasets PRIMARY KEY (id);


--
-- Name: run_events pk_run_events; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_events
    ADD CONSTRAINT pk_run_events PRIMARY KEY (run_id, number);


--
-- Name: run_plans pk_run_plans; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_plans
    ADD CONSTRAINT pk_run_plans PRIMARY KEY (run_id);


--
-- Name: runs pk_runs; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT pk_runs PRIMARY KEY (id);


--
-- Name: scenario_versions pk_scenario_versions; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scenario_versions
    ADD CONSTRAINT pk_scenario_versions PRIMARY KEY (scenario_id, version);


--
-- Name: scenarios pk_scenarios; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scenarios
    ADD CONSTRAINT pk_scenarios PRIMARY KEY (id);


--
-- Name: workers pk_workers; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workers
    ADD CONSTRAINT pk_workers PRIMARY KEY (id);


--
-- Name: api_keys uq_api_keys_prefix; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT uq_api_keys_prefix UNIQUE (prefix);


--
-- Name: datasets uq_datasets_region_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT uq_datasets_region_version UNIQUE (region, version);


--
-- Name: runs uq_runs_created_by_idempotency_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT uq_runs_created_by_idempotency_key UNIQUE (created_by, idempotency_key);


--
-- Name: idx_application_versions_owner_timestamp; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_application_versions_owner_timestamp ON dbos.application_versions USING btree (application_name, version_timestamp DESC);


--
-- Name: idx_application_versions_timestamp; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_application_versions_timestamp ON dbos.application_versions USING btree (version_timestamp DESC);


--
-- Name: idx_operation_outputs_completed_at_function_name_v2; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_operation_outputs_completed_at_function_name_v2 ON dbos.operation_outputs USING btree (completed_at_epoch_ms, function_name) INCLUDE (application_name);


--
-- Name: idx_operation_outputs_retention; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_operation_outputs_retention ON dbos.operation_outputs USING btree (retention_timestamp);


--
-- Name: idx_workflow_input_retention; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_input_retention ON dbos.workflow_input USING btree (retention_timestamp);


--
-- Name: idx_workflow_output_retention; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_output_retention ON dbos.workflow_output USING btree (retention_timestamp);


--
-- Name: idx_workflow_status_attributes; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_attributes ON dbos.workflow_status USING gin (attributes) WHERE (attributes IS NOT NULL);


--
-- Name: idx_workflow_status_completed_at; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_completed_at ON dbos.workflow_status USING btree (completed_at) WHERE (completed_at IS NOT NULL);


--
-- Name: idx_workflow_status_deadline; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_deadline ON dbos.workflow_status USING btree (workflow_deadline_epoch_ms) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text, 'DELAYED'::text])) AND (workflow_deadline_epoch_ms IS NOT NULL));


--
-- Name: idx_workflow_status_delayed; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_delayed ON dbos.workflow_status USING btree (delay_until_epoch_ms) WHERE (status = 'DELAYED'::text);


--
-- Name: idx_workflow_status_failed; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_failed ON dbos.workflow_status USING btree (status, created_at) WHERE (status = ANY (ARRAY['ERROR'::text, 'CANCELLED'::text, 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'::text]));


--
-- Name: idx_workflow_status_forked_from; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_forked_from ON dbos.workflow_status USING btree (forked_from) WHERE (forked_from IS NOT NULL);


--
-- Name: idx_workflow_status_in_flight_v2; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_in_flight_v2 ON dbos.workflow_status USING btree (queue_name, status, priority, created_at) INCLUDE (application_name) WHERE (status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text]));


--
-- Name: idx_workflow_status_parent_workflow_id; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_parent_workflow_id ON dbos.workflow_status USING btree (parent_workflow_id) WHERE (parent_workflow_id IS NOT NULL);


--
-- Name: idx_workflow_status_partition_dequeue_v3; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_partition_dequeue_v3 ON dbos.workflow_status USING btree (queue_name, status, queue_partition_key, priority, created_at, workflow_uuid) INCLUDE (application_name) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text])) AND (queue_partition_key IS NOT NULL));


--
-- Name: idx_workflow_status_pending; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_pending ON dbos.workflow_status USING btree (created_at) WHERE (status = 'PENDING'::text);


--
-- Name: idx_workflow_status_rate_limited; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_rate_limited ON dbos.workflow_status USING btree (queue_name, started_at_epoch_ms) WHERE (rate_limited = true);


--
-- Name: idx_workflow_status_schedule_name; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_schedule_name ON dbos.workflow_status USING btree (schedule_name) WHERE (schedule_name IS NOT NULL);


--
-- Name: idx_workflow_status_started_at; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_status_started_at ON dbos.workflow_status USING btree (started_at_epoch_ms) WHERE (started_at_epoch_ms IS NOT NULL);


--
-- Name: idx_workflow_topic; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX idx_workflow_topic ON dbos.notifications USING btree (destination_uuid, topic);


--
-- Name: uq_application_versions_owner_version; Type: INDEX; Schema: dbos; Owner: -
--

CREATE UNIQUE INDEX uq_application_versions_owner_version ON dbos.application_versions USING btree (application_name, version_name) WHERE (application_name IS NOT NULL);


--
-- Name: uq_application_versions_unclaimed_version; Type: INDEX; Schema: dbos; Owner: -
--

CREATE UNIQUE INDEX uq_application_versions_unclaimed_version ON dbos.application_versions USING btree (version_name) WHERE (application_name IS NULL);


--
-- Name: uq_workflow_status_dedup_id; Type: INDEX; Schema: dbos; Owner: -
--

CREATE UNIQUE INDEX uq_workflow_status_dedup_id ON dbos.workflow_status USING btree (queue_name, deduplication_id) WHERE (deduplication_id IS NOT NULL);


--
-- Name: workflow_status_created_at_index; Type: INDEX; Schema: dbos; Owner: -
--

CREATE INDEX workflow_status_created_at_index ON dbos.workflow_status USING btree (created_at);


--
-- Name: ix_runs_created_at_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_runs_created_at_id ON public.runs USING btree (created_at, id);


--
-- Name: ix_runs_input_hash; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_runs_input_hash ON public.runs USING btree (input_hash);


--
-- Name: ix_runs_state; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_runs_state ON public.runs USING btree (state);


--
-- Name: ix_runs_sweep_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_runs_sweep_id ON public.runs USING btree (sweep_id);


--
-- Name: audit audit_no_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_no_change BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();


--
-- Name: audit audit_no_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();


--
-- Name: notifications notifications_destination_uuid_fkey; Type: FK CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.notifications
    ADD CONSTRAINT notifications_destination_uuid_fkey FOREIGN KEY (destination_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: streams streams_workflow_uuid_fkey; Type: FK CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.streams
    ADD CONSTRAINT streams_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: workflow_events_history workflow_events_history_workflow_uuid_fkey; Type: FK CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_events_history
    ADD CONSTRAINT workflow_events_history_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: workflow_events workflow_events_workflow_uuid_fkey; Type: FK CONSTRAINT; Schema: dbos; Owner: -
--

ALTER TABLE ONLY dbos.workflow_events
    ADD CONSTRAINT workflow_events_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: run_events fk_run_events_run_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_events
    ADD CONSTRAINT fk_run_events_run_id FOREIGN KEY (run_id) REFERENCES public.runs(id) ON DELETE CASCADE;


--
-- Name: run_plans fk_run_plans_run_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.run_plans
    ADD CONSTRAINT fk_run_plans_run_id FOREIGN KEY (run_id) REFERENCES public.runs(id) ON DELETE CASCADE;


--
-- Name: runs fk_runs_dataset_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT fk_runs_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.datasets(id);


--
-- Name: runs fk_runs_scenario_id_scenario_version; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT fk_runs_scenario_id_scenario_version FOREIGN KEY (scenario_id, scenario_version) REFERENCES public.scenario_versions(scenario_id, version);


--
-- Name: scenario_versions fk_scenario_versions_scenario_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scenario_versions
    ADD CONSTRAINT fk_scenario_versions_scenario_id FOREIGN KEY (scenario_id) REFERENCES public.scenarios(id);


--
-- PostgreSQL database dump complete
--


