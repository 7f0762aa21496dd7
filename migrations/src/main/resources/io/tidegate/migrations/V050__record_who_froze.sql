-- Who froze an instance, since when and why: what readiness names. The flag itself stays where claims look for it.
ALTER TABLE instance
    -- null while it is not frozen, and when its node's scheduling type froze it
    ADD COLUMN frozen_by        text,
    ADD COLUMN frozen_at        timestamptz,
    ADD COLUMN frozen_reason    text,
    -- It was frozen because its node was, so unfreezing the node may let it go on.
    ADD COLUMN frozen_with_node boolean NOT NULL DEFAULT false;

-- A frozen node goes on being planned; its instances are born frozen. A deployment leaves it frozen.
ALTER TABLE deployed_node
    ADD COLUMN frozen_by     text,
    ADD COLUMN frozen_at     timestamptz,
    ADD COLUMN frozen_reason text,
    ADD CONSTRAINT deployed_node_frozen CHECK ((frozen_by IS NULL) = (frozen_at IS NULL));
