"""The interview plan: stages, minutes, who asks what, and the work sample."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from jdgen.spec.base import Flag, Id, Minutes, NotNegative, Positive, RichText, Spec, Text
from jdgen.spec.item import Item


class Interviewer(Spec):
    """Who sits in a stage."""

    noun = "an interviewer"
    shorthand = "role"

    role: Text = Field(description="Their role, such as 'hiring manager'.")
    count: Positive = Field(1, description="How many of them.")
    lead: Flag = Field(False, description="Whether they lead the conversation.")


class Segment(Spec):
    """A part of a stage that is not a question: an opening, a tour, a close."""

    noun = "a segment"

    minutes: NotNegative = Field(description="How long it takes.")
    script: Text | None = Field(None, description="What the interviewer says.")


class Stage(Spec):
    """One interview."""

    noun = "a stage"

    id: Id = Field(description="Names the stage's files.")
    name: Text = Field(description="What candidates and interviewers call it.")
    kind: Literal[
        "screen", "interview", "work_sample", "system_design", "pairing", "presentation", "panel", "values", "other"
    ] = Field("interview", description="What sort of stage it is.")
    purpose: Text = Field(description="What it finds out, as a candidate may read it.")
    format: Text | None = Field(None, description="How it is held, such as 'video call'.")
    minutes: Minutes = Field(description="The whole slot.")
    interviewers: tuple[Interviewer, ...] = Field(min_length=1, description="Who sits in it.")
    competencies: tuple[Id, ...] = Field((), description="What it scores; none for an unscored stage.")
    questions: tuple[Id, ...] = Field((), description="The questions it asks, in order.")
    opening: Segment | None = Field(None, description="The first minutes.")
    candidate_questions: Segment | None = Field(None, description="The candidate's own questions; not scored.")
    closing: Segment | None = Field(None, description="The last minutes.")
    agenda: tuple[Item, ...] = Field((), description="What an unscored stage talks about.")
    do_not_assess: tuple[Item, ...] = Field((), description="What this stage must leave to others.")
    preparation: RichText | None = Field(None, description="How a candidate prepares.")
    interviewer_brief: RichText | None = Field(None, description="What interviewers must know or prepare.")
    materials: tuple[Item, ...] = Field((), description="What must be in the room.")
    ai_rule: Text | None = Field(None, description="What candidates may use AI tools for in this stage.")
    selling_points: tuple[Item, ...] = Field((), description="What interviewers may honestly say of the job.")
    gate: Text | None = Field(None, description="What happens after it, and who decides.")
    instead_of: Id | None = Field(None, description="An alternative to that stage, not in the default plan.")
    optional: Flag = Field(False, description="Outside the default plan, on request.")


class Criterion(Spec):
    """One line of a work sample's rubric."""

    noun = "a criterion"

    name: Text = Field(description="The criterion as candidates read it.")
    weight: Positive = Field(description="Its share of the work sample.")
    competency: Id | None = Field(None, description="The competency it is evidence for.")
    strong: Text = Field(description="What strong work shows.")
    weak: Text | None = Field(None, description="What weak work shows.")


class WorkSample(Spec):
    """A task that resembles the job, with its limits told in advance."""

    noun = "a work sample"

    title: Text = Field(description="What it is called.")
    mode: Literal["take_home", "live", "on_site", "presentation", "role_play", "portfolio"] = Field(
        description="Where and how it is done."
    )
    stage: Id | None = Field(None, description="The stage in which it is reviewed.")
    brief: RichText = Field(description="What a candidate is told.")
    provided: tuple[Item, ...] = Field((), description="What a candidate gets.")
    tasks: tuple[Item, ...] = Field(description="What a candidate is asked to do, in order.")
    deliverables: tuple[Item, ...] = Field((), description="What a candidate hands in.")
    limit_minutes: Positive = Field(description="The most time it may take.")
    window_days: Positive | None = Field(None, description="Days between getting it and handing it in.")
    ai_rule: Text = Field(description="What AI tools may be used for.")
    pay: Text | None = Field(None, description="Whether and when it is paid.")
    criteria: tuple[Criterion, ...] = Field(description="The rubric, told to the candidate.")
    known_traps: tuple[Item, ...] = Field((), description="What is seeded; never told to the candidate.")
    follow_up: Text | None = Field(None, description="How the review goes on from the work.")
    alternative: Text | None = Field(None, description="For candidates who need another form.")
    own_use: Text | None = Field(None, description="That the work will not be used in production.")


class Debrief(Spec):
    """How the panel decides."""

    noun = "a debrief"

    minutes: Minutes | None = Field(None, description="How long the meeting is.")
    order: tuple[Item, ...] = Field((), description="What it goes through, in order.")
    decision_rule: Text | None = Field(None, description="Who decides, by what.")
    dissent: Text | None = Field(None, description="What happens with a dissenting view.")


class InterviewPlan(Spec):
    """All stages of the role's interviews."""

    noun = "an interview plan"

    summary: Text | None = Field(None, description="How we hire, for the job description.")
    before_you_start: RichText | None = Field(None, description="What the hiring team settles first.")
    stages: tuple[Stage, ...] = Field(min_length=1, description="The stages in order.")
    work_sample: WorkSample | None = Field(None, description="The task, if there is one.")
    debrief: Debrief | None = Field(None, description="How the panel decides.")
    reference_checks: tuple[Item, ...] = Field((), description="What referees are asked, with consent.")
