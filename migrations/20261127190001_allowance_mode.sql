-- How an office sets off what others pay for living costs against the allowance: month by month, or so that whoever is
-- funded otherwise gets none.
alter table office add column allowance_mode text not null default 'top_up'
    check (allowance_mode in ('top_up', 'all_or_nothing'));
